import { actionsOf } from '../policy/actions.js';
import type { Asset, Course } from '../policy/language.js';
import { isWithin } from '../policy/moments.js';
import { selectorTest } from '../policy/selectors.js';
import { limitsOf, standingOf, type Limits, type Pass } from '../training/standing.js';
import { defined } from './defined.js';
import type { Prohibition, Verdict } from './Prohibition.js';
import { remembered } from './remembered.js';
import type { Terms } from './Terms.js';

/**
 * A course that comes first. Never passed, or past its tolerance: the gate's effect. Inside the tolerance: a warning.
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

  return (asset) => {
    const shared = { ...words, asset: asset.id };
    const closed = (what: string): Verdict => ({ reason: { ...shared, effect: course.effect, what } });
    const never = closed(`The course '${course.title}' has not been passed yet.`);
    const lapsed = remembered((due: number): Verdict => {
      const day = terms.lastDay(due)?.words;
      const ended = day === undefined ? 'no longer counts' : `counted until ${day} only`;
      return closed(`The course '${course.title}' has to be passed again: the last pass ${ended}.`);
    });
    const overdue = remembered((pass: Pass): Verdict => {
      const { due, graceEnd } = limits(pass);
      const last = terms.lastDay(graceEnd);
      const what = `The course '${course.title}' was due on ${terms.lastDay(due)?.words ?? 'an earlier day'} and is tolerated until ${last?.words ?? 'further notice'}.`;
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
        const passes = facts.passesOf(someone.address, course.id);
        const standing = standingOf(course, passes, at, terms.zone, limits);
        switch (standing.state) {
          case 'never':
            return never;
          case 'passed':
            return standing.soon ? soon : undefined;
          case 'overdue':
            return overdue(standing.pass);
          case 'lapsed':
            return lapsed(standing.limits.due);
        }
      },
    };
  };
}

function takeIt({ title, url, minutes }: Course): string {
  const where = url === undefined ? '' : `: ${url}`;
  return `Take the course '${title}'${minutes === undefined ? '' : ` (about ${minutes} minutes)`}${where}${where === '' ? '.' : ''}`;
}
