import type { Course } from '../../policy/language.js';
import { SOON_DAYS } from '../../report/training.js';
import { COURSE_STATES } from '../../training/courseStandings.js';
import { escapeHtml } from '../escapeHtml.js';

const COLUMNS = [
  ['person', 'Person'],
  ['title', 'Course'],
  ['standing', 'Standing'],
  ['passed', 'Passed'],
  ['goodUntil', 'Good until'],
  ['next', 'Next'],
] as const;

/** The body of the overview without its rows, which come as a message: filters, the table's head, what can be exported. */
export function overviewHtml(agreement: string, courses: readonly Pick<Course, 'id' | 'title'>[]): string {
  const option = (value: string, label: string) => `<option value="${escapeHtml(value)}">${escapeHtml(label)}</option>`;
  const heads = COLUMNS.map(
    ([key, label]) =>
      `<th scope="col" data-key="${key}" aria-sort="${key === 'person' ? 'ascending' : 'none'}"><button type="button">${label}<span aria-hidden="true"></span></button></th>`,
  );
  return (
    `<main><h1>Training overview</h1><p class="lead">${escapeHtml(agreement)}</p>` +
    '<form id="filters" role="search" aria-label="Filter the table">' +
    '<label>Find <input id="find" type="search" placeholder="Person or course" autocomplete="off"></label>' +
    `<label>Course <select id="course">${option('', 'All courses')}${courses.map(({ id, title }) => option(id, title)).join('')}</select></label>` +
    `<label>Standing <select id="standing">${option('', 'Any standing')}${option('soon', `Expires within ${SOON_DAYS} days`)}${option('shut', 'Closed: missing, unknown or expired')}${COURSE_STATES.map((state) => option(state, state)).join('')}</select></label>` +
    '<span class="actions"><button id="refresh" type="button">Read Again</button>' +
    '<button id="csv" type="button">Export CSV…</button><button id="json" type="button">Export JSON…</button></span></form>' +
    '<p id="count" role="status" aria-live="polite">Course records are being read…</p>' +
    '<div class="table" role="region" aria-label="Standings" tabindex="0"><table><caption class="hidden">Everybody in the teams of the policy and their courses</caption>' +
    `<thead><tr>${heads.join('')}</tr></thead><tbody id="rows"></tbody></table></div>` +
    '<nav id="pages" aria-label="Pages" hidden><button id="previous" type="button">Previous</button><span id="page"></span><button id="next" type="button">Next</button></nav>' +
    '<section aria-labelledby="sources-title"><h2 id="sources-title">Where this comes from</h2><ul id="sources"></ul><p id="patterns"></p></section></main>'
  );
}
