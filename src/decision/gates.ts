import { actionsOf } from '../policy/actions.js';
import type { Asset, Course } from '../policy/language.js';
import { isWithin, momentInWords } from '../policy/moments.js';
import { selectorTest } from '../policy/selectors.js';
import { limitsOf, standingOf, type Limits, type Pass } from '../training/standing.js';
import type { UncheckedCourse } from './Ask.js';
import { defined } from './defined.js';
import type { KnownFacts } from './facts.js';
import type { Prohibition, Verdict } from './Prohibition.js';
import { remembered } from './remembered.js';
import type { Terms } from './Terms.js';

/**
 * A course that comes first. Never passed, or past its tolerance: the gate's effect, and where records could not be read,
 * the same with words that say so instead of calling anybody untrained. Inside the tolerance: a warning.
 * Inside the reminder: a notice, which restricts nothing.
 */
export function gateProhibition(course: Course, terms: Terms): (asset: Asset) => Prohibition {
  const binds = selectorTest(course.for);
  const rule = `training:${course.id}`;
  const limits = remembered((pass: Pass): Limits => limitsOf(course, pass, terms.zone));
  const words = {
    rule,
    why: 'The agreement asks for this course before anyone works with this code.',
    instead: takeIt(course),
    ...defined({ clause: course.clause, contact: course.contact ?? terms.contact }),
  };
  const soon: Verdict = { notice: `training-due-soon:${course.id}` };
  const actions = actionsOf(course.actions);
  const passesOf = (facts: KnownFacts, person: string): readonly Pass[] =>
    course.formerly.length === 0
      ? facts.passesOf(person, course.id)
      : [course.id, ...course.formerly].flatMap((name) => facts.passesOf(person, name));

  return (asset) => {
    const shared = { ...words, asset: asset.id };
    const closed = (what: string): Verdict => ({ reason: { ...shared, effect: course.effect, what } });
    const never = closed(`The course “${course.title}” has not been passed yet.`);
    const unknown = remembered((unchecked: UncheckedCourse): Verdict => {
      const since = unchecked.since === undefined ? '' : ` since ${momentInWords(unchecked.since, terms.zone)}`;
      const what = `Whether the course “${course.title}” has been passed could not be checked${since}: ${unchecked.why}.`;
      return { reason: { ...shared, effect: course.effect, what, instead: CHECK_AGAIN } };
    });
    const lapsed = remembered((due: number): Verdict => {
      const day = terms.lastDay(due)?.words;
      const ended = day === undefined ? 'no longer counts' : `counted until ${day} only`;
      return closed(`The course “${course.title}” has to be passed again: the last pass ${ended}.`);
    });
    const overdue = remembered((pass: Pass): Verdict => {
      const { due, graceEnd } = limits(pass);
      const last = terms.lastDay(graceEnd);
      const what = `The course “${course.title}” was due on ${terms.lastDay(due)?.words ?? 'an earlier day'} and is tolerated until ${last?.words ?? 'further notice'}.`;
      return {
        reason: { ...shared, effect: 'warn', what, ...defined({ until: last?.iso }) },
        notice: `training-overdue:${course.id}`,
      };
    });
    return {
      id: course.id,
      waivable: course.waivable,
      actions,
      judge({ at, someone, owns, facts }) {
        if (!isWithin(terms.protection, at) || !binds(someone, owns)) return undefined;
        const passes = passesOf(facts, someone.address);
        const standing = standingOf(course, passes, at, terms.zone, limits);
        switch (standing.state) {
          case 'never': {
            const unchecked = facts.uncheckedOf(course.id);
            return unchecked === undefined ? never : unknown(unchecked);
          }
          case 'passed':
            return standing.soon ? soon : undefined;
          case 'overdue':
            return overdue(standing.pass);
          case 'lapsed': {
            const unchecked = facts.uncheckedOf(course.id);
            return unchecked === undefined ? lapsed(standing.limits.due) : unknown(unchecked);
          }
        }
      },
    };
  };
}

const CHECK_AGAIN = 'Try again later, or ask. A pass counts again as soon as its record can be read.';

function takeIt({ title, url, minutes }: Course): string {
  const where = url === undefined ? '' : `: ${url}`;
  return `Take the course “${title}”${minutes === undefined ? '' : ` (about ${minutes} minutes)`}${where}${where === '' ? '.' : ''}`;
}
