import { PASS_MARK, type Chapter, type Lesson, type Question } from '../../training/lesson.js';
import { counted } from '../../report/words.js';
import { escapeHtml } from '../escapeHtml.js';

/** What is said before a lesson: whether passing it counts, and where that is recorded. */
export interface LessonIntroduction {
  readonly lead: string;
  /** Where the course itself is taken, when that is elsewhere. */
  readonly url: string | undefined;
}

/**
 * The body of a lesson's page: chapters, then questions as a form. Which answers are right is not in it: the page asks, and the
 * extension judges.
 */
export function lessonHtml(lesson: Lesson, { lead, url }: LessonIntroduction): string {
  const { chapters, questions, title } = lesson;
  const link = url === undefined ? '' : ` <a href="${escapeHtml(url)}">Open the course</a>`;
  return (
    `<main><h1>${escapeHtml(title)}</h1>` +
    `<p class="lead">${escapeHtml(lead)}${link}</p>` +
    (chapters.length === 0
      ? '<p>The policy has no guardrail that binds you in the code of this course, so there is nothing to read here.</p>'
      : `<nav aria-label="Contents"><h2 id="contents">What you will read</h2><ol>${chapters
          .map(({ what }, at) => `<li><a href="#chapter-${at}">${escapeHtml(what)}</a></li>`)
          .join('')}</ol></nav>`) +
    chapters.map(chapterHtml).join('') +
    questionsHtml(questions) +
    '</main>'
  );
}

function chapterHtml({ guardrail, what, why, instead, clause, contact, where }: Chapter, at: number): string {
  const places = where
    .map(({ asset, about, paths }) => {
      const code = paths.map((path) => `<code>${escapeHtml(path)}</code>`).join(', ');
      const place = paths.length === 0 ? 'lines that are marked in files' : code;
      return `<li>${about === undefined ? '' : `${escapeHtml(about)} `}<span class="place">${escapeHtml(asset)}: ${place}</span></li>`;
    })
    .join('');
  const rows: readonly (readonly [string, string])[] = [
    ['Why', escapeHtml(why)],
    ['Instead', escapeHtml(instead)],
    ['Where', `<ul>${places}</ul>`],
    ...(clause === undefined ? [] : [['Clause', escapeHtml(clause)] as const]),
    ...(contact === undefined
      ? []
      : [['Ask', `<a href="mailto:${escapeHtml(contact)}">${escapeHtml(contact)}</a>`] as const]),
  ];
  return (
    `<section class="chapter" data-guardrail="${escapeHtml(guardrail)}" aria-labelledby="chapter-${at}">` +
    `<h2 id="chapter-${at}" tabindex="-1">${at + 1}. ${escapeHtml(what)} <span class="again" hidden>(read this again)</span></h2>` +
    `<dl>${rows.map(([label, html]) => `<dt>${label}</dt><dd>${html}</dd>`).join('')}</dl></section>`
  );
}

function questionsHtml(questions: readonly Question[]): string {
  if (questions.length === 0)
    return '<p>There are no questions: the policy says too little for wrong answers to be made of it, so this lesson can be read and not passed.</p>';
  const fields = questions.map(({ asks, choices }, at) => {
    const options = choices.map((choice, index) => {
      const id = `question-${at}-${index}`;
      return `<div class="choice"><input type="radio" id="${id}" name="question-${at}" value="${index}"><label for="${id}">${escapeHtml(choice)}</label></div>`;
    });
    return `<fieldset id="question-${at}"><legend>${at + 1}. ${escapeHtml(asks)}</legend>${options.join('')}</fieldset>`;
  });
  const needed = Math.ceil(questions.length * PASS_MARK);
  return (
    '<form id="questions" novalidate aria-labelledby="questions-title">' +
    '<h2 id="questions-title">Questions</h2>' +
    `<p>${counted(questions.length, 'question')}; ${needed} right answers pass. The answers stand in the text above.</p>` +
    fields.join('') +
    '<p id="unanswered" class="fault" role="alert"></p>' +
    '<button type="submit">Check My Answers</button></form>' +
    '<section id="result" tabindex="-1" aria-labelledby="result-title" hidden><h2 id="result-title"></h2><p id="result-text"></p>' +
    '<ul id="result-again"></ul><button id="retry" type="button" hidden>Try Again with Other Questions</button></section>'
  );
}
