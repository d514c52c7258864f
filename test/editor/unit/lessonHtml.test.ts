import assert from 'node:assert/strict';
import { lessonHtml } from '../../../src/editor/lesson/lessonHtml.js';
import { parsePolicy } from '../../../src/policy/parsePolicy.js';
import { lessonOf, type Lesson } from '../../../src/training/lesson.js';

const MARKUP = '<img src=x onerror=alert(1)> & "quotes"';
const lesson = (): Lesson => {
  const { policy, problems } = parsePolicy(`version: 1
agreement: {id: A, title: A, zone: UTC, contact: legal@helio.example}
parties: [{id: helio, name: Helio}, {id: north, name: North}]
teams: [{id: fusion, party: helio, members: [ana@helio.example]}]
assets: [{id: net, owner: north, paths: ["net/**"], about: ${JSON.stringify(MARKUP)}}]
training: [{id: c, title: Safe hands, covers: net, actions: edit, lesson: accepted}]
guardrails:
  - {id: one, covers: net, actions: copy, effect: deny, what: Do not copy., why: It was lent., instead: Call it.}
  - {id: two, covers: net, actions: export, effect: deny, what: Do not send., why: It is secret., instead: Ask first.}
`);
  const [course] = policy?.training ?? [];
  if (policy === undefined || course === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return lessonOf(policy, course, 'ana@helio.example', Date.UTC(2026, 4, 20), 'seed');
};

describe('the page of a lesson', () => {
  it('shows what must not be done, why, what instead and where, and asks about it in labelled groups', () => {
    const html = lessonHtml(lesson(), { lead: 'Passing this lesson counts.', url: undefined });
    for (const words of [
      'Do not copy.',
      'It was lent.',
      'Call it.',
      'net/**',
      'legal@helio.example',
      'Passing this lesson counts.',
    ])
      assert.ok(html.includes(words), words);
    const count = (pattern: RegExp) => html.match(pattern)?.length ?? 0;
    assert.equal(count(/<fieldset/g), 4);
    assert.equal(count(/<legend>/g), 4);
    assert.equal(count(/<input type="radio"/g), count(/<label for="question-/g));
    assert.equal(count(/<h1>/g), 1);
  });

  it('does not tell which answers are right', () => {
    const { questions, ...rest } = lesson();
    const page = (right: number) =>
      lessonHtml(
        { ...rest, questions: questions.map((question) => ({ ...question, right })) },
        { lead: '', url: undefined },
      );
    assert.equal(page(0), page(1));
  });

  it('holds no markup of the policy', () => {
    const html = lessonHtml({ ...lesson(), title: MARKUP }, { lead: MARKUP, url: 'https://x.example/"><script>' });
    assert.doesNotMatch(html, /<img|<script/);
    assert.ok(html.includes('&lt;img src=x onerror=alert(1)&gt;'));
  });

  it('says so where there is nothing to read or to ask', () => {
    const html = lessonHtml({ ...lesson(), chapters: [], questions: [] }, { lead: '', url: undefined });
    assert.match(html, /no guardrail that binds you/);
    assert.match(html, /can be read and not passed/);
    assert.doesNotMatch(html, /<form/);
  });
});
