import assert from 'node:assert/strict';
import fc from 'fast-check';
import { coveredAssets } from '../../src/policy/covers.js';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import { parseInstant } from '../../src/policy/moments.js';
import type { Policy } from '../../src/policy/Policy.js';
import { lessonCounts, lessonOf, scoreOf, type Lesson } from '../../src/training/lesson.js';
import { lessonStatement, registerLine, type TakenLesson } from '../../src/training/lessonRecord.js';
import { readRegister } from '../../src/training/readRegister.js';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';

const AT = parseInstant('2026-11-22T12:00:00Z') ?? NaN;
const example = (path: string): Policy => {
  const file = fileURLToPath(new URL(`../../examples/${path}`, import.meta.url));
  const { policy } = parsePolicy(readFileSync(file, 'utf8'));
  assert.ok(policy);
  return policy;
};
const sam = 'sam.rivera@harborline.example';

/** What is wrong with the questions of a lesson; empty when nothing is. */
function faultsOf(lesson: Lesson, policy: Policy): readonly string[] {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return lesson.questions.flatMap((question) => {
    const rule = policy.guardrails.find(({ id }) => id === question.guardrail);
    const faults: string[] = [];
    const right = question.choices[question.right] ?? '';
    if (rule === undefined || !question.asks.includes(rule.what)) faults.push('asks about no guardrail');
    if (new Set(question.choices.map(plain)).size !== question.choices.length) faults.push('the same choice twice');
    if (question.choices.length < 2) faults.push('no choice');
    const same = policy.guardrails.filter(({ what }) => plain(what) === plain(rule?.what ?? ''));
    if (question.about !== 'where') {
      const texts = same.map((each) => plain(each[question.about as 'why']));
      if (right !== rule?.[question.about as 'why']) faults.push('the right choice is not what the policy says');
      const alsoRight = question.choices.filter((choice, at) => at !== question.right && texts.includes(plain(choice)));
      if (alsoRight.length > 0) faults.push(`right too: ${alsoRight.join()}`);
    } else {
      const protectedIds = new Set(same.flatMap(({ covers }) => coveredAssets(policy, covers)).map(({ id }) => id));
      const isProtected = (choice: string) =>
        [...protectedIds].some((id) => new RegExp(`(^|: )${id}( \\(|$)`).test(choice));
      question.choices.forEach((choice, at) => {
        if (isProtected(choice) !== (at === question.right)) faults.push(`${choice}: ${String(at === question.right)}`);
      });
    }
    return faults;
  });
}

describe('the lesson of a course', () => {
  const policy = example('cobuild/developer-terms.yaml');
  const [course, tender] = policy.training;
  assert.ok(course && tender);

  it('teaches the guardrails that bind this person in the code of the course, and where it is', () => {
    const lesson = lessonOf(policy, course, sam, AT, 'one');
    const ids = lesson.chapters.map(({ guardrail }) => guardrail);
    assert.ok(ids.includes('no-supplier-copy') && ids.includes('no-public-release'));
    // Binds nobody before 23 November.
    assert.ok(!ids.includes('peak-freeze'));
    assert.ok(
      lessonOf(policy, course, sam, AT + 86_400_000, 'one').chapters.some(
        ({ guardrail }) => guardrail === 'peak-freeze',
      ),
    );
    const chapter = lesson.chapters.find(({ guardrail }) => guardrail === 'no-supplier-copy');
    assert.equal(chapter?.clause, 'B.4.1, Inspection without reproduction');
    assert.deepEqual(chapter?.where.find(({ asset }) => asset === 'corvid-motion')?.paths, ['partners/corvid/**']);
    // Safety is excepted from the freeze.
    const petra = lessonOf(policy, course, 'petra.olsen@harborline.example', AT + 86_400_000, 'one');
    assert.ok(!petra.chapters.some(({ guardrail }) => guardrail === 'peak-freeze'));
    assert.deepEqual(
      lessonOf(policy, tender, sam, AT, 'one')
        .chapters.map(({ guardrail }) => guardrail)
        .filter((id) => id === 'exposure-notice'),
      [],
    );
  });

  it('asks the same for the same seed, and in another way for another', () => {
    const one = lessonOf(policy, course, sam, AT, 'one');
    assert.deepEqual(lessonOf(policy, course, sam, AT, 'one'), one);
    assert.notDeepEqual(lessonOf(policy, course, sam, AT, 'two').questions, one.questions);
    assert.equal(one.questions.length, 10);
    assert.equal(new Set(one.questions.map(({ guardrail }) => guardrail)).size, 10);
  });

  it('never asks what has two right answers, in the demo’s policies and with any seed', () => {
    const policies = ['cobuild/developer-terms.yaml', 'automotive-perception/automotive-perception.yaml'].map(example);
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...policies), (seed, one) => {
        for (const each of one.training) assert.deepEqual(faultsOf(lessonOf(one, each, sam, AT, seed), one), []);
      }),
      { numRuns: 40 },
    );
  });

  it('never does in policies that say the same of several guardrails, or nearly', () => {
    const word = fc.constantFrom('Stop.', 'stop', 'Ask.', 'Ask legal.', 'Ask legal first.', 'Wait', '…');
    const rule = fc.record({ what: word, why: word, instead: word, covers: fc.constantFrom('a', 'b', 'all') });
    const base = example('cobuild/developer-terms.yaml');
    const [first] = base.guardrails;
    const [asset] = base.assets;
    assert.ok(first && asset);
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 6 }), fc.string(), (rules, seed) => {
        const assets = ['a', 'b', 'c'].map((id) => {
          return { ...asset, id, paths: [], about: undefined };
        });
        const guardrails = rules.map((each, at) => ({
          ...first,
          ...each,
          id: `r${at}`,
          covers: [each.covers],
          who: ['everyone'],
        }));
        const made: Policy = { ...base, assets, guardrails };
        const lesson = lessonOf(made, { ...course, covers: ['all'] }, sam, AT, seed);
        assert.deepEqual(faultsOf(lesson, made), []);
      }),
      { numRuns: 200 },
    );
  });

  it('is passed with eight of ten, and says what to read again', () => {
    const lesson = lessonOf(policy, course, sam, AT, 'one');
    const answers = lesson.questions.map(({ right }) => right);
    const wrong = (count: number) => answers.map((right, at) => (at < count ? right + 1 : right));
    assert.deepEqual(scoreOf(lesson, answers), { right: 10, of: 10, scaled: 1, passed: true, again: [] });
    const two = scoreOf(lesson, wrong(2));
    assert.deepEqual([two.passed, two.again], [true, lesson.questions.slice(0, 2).map(({ guardrail }) => guardrail)]);
    assert.equal(scoreOf(lesson, wrong(3)).passed, false);
    assert.deepEqual(scoreOf(lesson, []), { ...scoreOf(lesson, wrong(10)) });
  });

  it('without anything to ask about can be read, and not passed', () => {
    const none = lessonOf({ ...policy, guardrails: [] }, course, sam, AT, 'one');
    assert.deepEqual([none.chapters, none.questions], [[], []]);
    assert.equal(scoreOf(none, []).passed, false);
  });

  it('counts only where the policy accepts it, and never for a course that is taken elsewhere', () => {
    assert.equal(lessonCounts({ lesson: 'accepted' }), true);
    assert.equal(lessonCounts({}), false);
    assert.equal(lessonCounts({ lesson: 'accepted', url: 'https://learn.example/c' }), false);
    assert.equal(lessonOf(policy, tender, sam, AT, 'x').counts, false);
  });

  describe('that was passed', () => {
    const score = scoreOf(
      lessonOf(policy, course, sam, AT, 'one'),
      lessonOf(policy, course, sam, AT, 'one').questions.map(({ right }) => right),
    );
    const taken = (more: Partial<TakenLesson> = {}): TakenLesson => ({
      person: 'Sam.Rivera@harborline.example',
      course: { ...course, activity: 'urn:course' },
      score,
      at: '2026-11-22T12:00:00Z',
      took: 372_500,
      ...more,
    });
    const source = (() => {
      const { policy: made } = parsePolicy(
        'version: 1\nagreement: {id: A, title: A, contact: c}\nparties: [{id: p, name: P}]\nrecords: [{kind: xapi, endpoint: "https://lrs.example/"}]\n',
      );
      assert.ok(made?.records[0]);
      return made.records[0];
    })();
    const id = '7c0f5bd2-6f0e-4f3a-9d55-6b9f0a3d6a11';

    it('is a statement with score and duration', () => {
      assert.deepEqual(lessonStatement(taken(), source, id), {
        id,
        actor: { objectType: 'Agent', mbox: `mailto:${sam}` },
        verb: { id: 'http://adlnet.gov/expapi/verbs/passed', display: { 'en-GB': 'passed' } },
        object: {
          objectType: 'Activity',
          id: 'urn:course',
          definition: {
            name: { 'en-GB': 'Working in the Tideway code' },
            type: 'http://adlnet.gov/expapi/activities/lesson',
          },
        },
        result: {
          success: true,
          completion: true,
          score: { scaled: 1, raw: 10, min: 0, max: 10 },
          duration: 'PT372.5S',
        },
        context: { platform: 'Developer Terms' },
        timestamp: '2026-11-22T12:00:00Z',
      });
    });

    it('is none when it was not passed, does not count, or nobody there knows course or person', () => {
      const failed = { ...score, passed: false };
      for (const more of [
        { score: failed },
        { course: { ...course, activity: 'urn:course', url: 'https://learn.example' } },
        { course: { ...course, activity: 'urn:course', lesson: undefined } },
        { course },
      ])
        assert.equal(lessonStatement(taken(more), source, id), undefined);
      const account = { home: 'https://learn.example', domain: 'other.example' };
      assert.equal(lessonStatement(taken(), { ...source, account }, id), undefined);
      assert.equal(registerLine(taken({ score: failed }), 'r.csv', 'person,course,passed\n'), undefined);
    });

    it('is a line in the columns of the register, which reads it', () => {
      for (const [path, text] of [
        ['r.csv', 'person,course,passed\n'],
        ['r.csv', 'passed;note;person;course\r\n'],
        ['r.yaml', ''],
      ] as const) {
        const line = registerLine(taken(), path, text);
        assert.deepEqual(readRegister(path, `${text}${line}\n`), {
          records: [{ person: sam, course: 'tideway-terms', passed: '2026-11-22T12:00:00Z' }],
          problems: [],
        });
      }
      assert.equal(registerLine(taken(), 'r.csv', 'a,b,c\n'), undefined);
    });
  });
});
