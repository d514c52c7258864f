/**
 * A short course made of a policy's own guardrails: what must not be done, why, what to do instead and where in this
 * repository; and questions whose answers stand in that same text.
 */
import { coveredAssets } from '../policy/covers.js';
import type { Asset, Course, Guardrail, PolicyContent } from '../policy/language.js';
import { peopleOf, zoneOf } from '../policy/membership.js';
import { isWithin, windowOf } from '../policy/moments.js';
import { selectorTest } from '../policy/selectors.js';
import { seededNumbers, shuffled } from './seededOrder.js';

/** What one guardrail teaches. */
export interface Chapter {
  readonly guardrail: string;
  readonly what: string;
  readonly why: string;
  readonly instead: string;
  /** The clause that it rests on, with its heading where the policy lists one. */
  readonly clause: string | undefined;
  readonly contact: string | undefined;
  readonly where: readonly Place[];
}

/** Code that a guardrail protects. */
export interface Place {
  readonly asset: string;
  readonly about: string | undefined;
  /** The asset's patterns without what they carve out; empty for one that is marked inside files only. */
  readonly paths: readonly string[];
}

export interface Question {
  readonly guardrail: string;
  /** What is asked about the guardrail's `what`. */
  readonly about: 'why' | 'instead' | 'where';
  /** The question, as a sentence that stands alone. */
  readonly asks: string;
  readonly choices: readonly string[];
  /** Which of the choices is right, counted from 0. Exactly one is. */
  readonly right: number;
}

export interface Lesson {
  readonly course: string;
  readonly title: string;
  readonly chapters: readonly Chapter[];
  /** Empty where the policy says too little to ask about: such a lesson can be read, and not passed. */
  readonly questions: readonly Question[];
  /** True when passing it counts as passing the course. */
  readonly counts: boolean;
}

/** The share of right answers that passes. */
export const PASS_MARK = 0.8;
const MOST_QUESTIONS = 10;
const MOST_CHOICES = 4;

/** The parts of a policy that a lesson is made of. */
export type LessonPolicy = Pick<PolicyContent, 'agreement' | 'teams' | 'tiers' | 'assets' | 'guardrails'>;

/**
 * True when the editor's own lesson may stand for a course: the policy accepts it, and names no other place to take the
 * course. A course with a `url` is passed there and nowhere else.
 */
export function lessonCounts(course: Pick<Course, 'lesson' | 'url'>): boolean {
  return course.lesson === 'accepted' && course.url === undefined;
}

/**
 * The lesson of a course for one person, at a moment in epoch milliseconds: the guardrails that bind them and protect code
 * that the course covers. The same seed gives the same questions in the same order; another try has another seed.
 */
export function lessonOf(policy: LessonPolicy, course: Course, person: string, at: number, seed: string): Lesson {
  const rules = bindingRules(policy, course, person, at);
  const number = seededNumbers(seed);
  const questions = shuffled(rules, number)
    .flatMap((rule) => shuffled(questionsOf(rule, rules, policy, number), number).slice(0, 2))
    // One of each guardrail first, then a second of some.
    .map((question, at, all) => ({
      question,
      round: all.slice(0, at).filter((other) => isSameRule(other, question)).length,
    }))
    .sort((one, other) => one.round - other.round)
    .slice(0, MOST_QUESTIONS)
    .map(({ question }) => question);
  return {
    course: course.id,
    title: course.title,
    chapters: rules.map(({ rule, assets }) => chapterOf(rule, assets, policy)),
    questions,
    counts: lessonCounts(course),
  };
}

/** How somebody answered: the choices, counted from 0, in the order of the questions; undefined for one left open. */
export type Answers = readonly (number | undefined)[];

export interface Score {
  readonly right: number;
  readonly of: number;
  /** From 0 to 1. */
  readonly scaled: number;
  readonly passed: boolean;
  /** The guardrails to read again: those whose questions were answered wrongly or not. */
  readonly again: readonly string[];
}

/** What answers are worth. A lesson without questions is never passed. */
export function scoreOf(lesson: Lesson, answers: Answers): Score {
  const wrong = lesson.questions.filter((question, at) => answers[at] !== question.right);
  const of = lesson.questions.length;
  const right = of - wrong.length;
  const scaled = of === 0 ? 0 : right / of;
  return {
    right,
    of,
    scaled,
    passed: of > 0 && scaled >= PASS_MARK,
    again: [...new Set(wrong.map(({ guardrail }) => guardrail))],
  };
}

interface BindingRule {
  readonly rule: Guardrail;
  /** The assets that rule and course both cover. */
  readonly assets: readonly Asset[];
}

function bindingRules(policy: LessonPolicy, course: Course, person: string, at: number): readonly BindingRule[] {
  const zone = zoneOf(policy);
  const someone = peopleOf(policy).at(person, at);
  const [party, ...others] = someone.parties;
  const owns = ({ owner }: Asset) => party !== undefined && others.length === 0 && owner.includes(party);
  const taught = new Set(coveredAssets(policy, course.covers));
  return policy.guardrails.flatMap((rule) => {
    const window = windowOf(rule.from, rule.until, zone);
    if (window !== undefined && !isWithin(window, at)) return [];
    const binds = selectorTest(rule.who);
    const excepts = selectorTest(rule.except);
    const assets = coveredAssets(policy, rule.covers).filter(
      (asset) => taught.has(asset) && binds(someone, owns(asset)) && !excepts(someone, owns(asset)),
    );
    return assets.length === 0 ? [] : [{ rule, assets }];
  });
}

function chapterOf(rule: Guardrail, assets: readonly Asset[], { agreement }: LessonPolicy): Chapter {
  const heading = rule.clause === undefined ? undefined : agreement.clauses?.[rule.clause];
  return {
    guardrail: rule.id,
    what: rule.what,
    why: rule.why,
    instead: rule.instead,
    clause: rule.clause === undefined || heading === undefined ? rule.clause : `${rule.clause}, ${heading}`,
    contact: rule.contact ?? agreement.contact,
    where: assets.map(({ id, about, paths }) => ({
      asset: id,
      about,
      paths: paths.filter((path) => !path.startsWith('!')),
    })),
  };
}

function questionsOf(
  { rule, assets }: BindingRule,
  rules: readonly BindingRule[],
  policy: LessonPolicy,
  number: (below: number) => number,
): readonly Question[] {
  const rest = (key: 'why' | 'instead') => rules.map((other) => other.rule[key]);
  // What another guardrail says of the same act is right here too, so it is no wrong answer.
  const same = policy.guardrails.filter(({ what }) => plain(what) === plain(rule.what));
  const right = (key: 'why' | 'instead') => same.map((each) => each[key]);
  const covered = new Set(same.flatMap(({ covers }) => coveredAssets(policy, covers)));
  const asset = assets[number(assets.length)];
  return [
    choose(
      rule,
      'instead',
      `“${rule.what}” What do you do instead?`,
      rule.instead,
      right('instead'),
      rest('instead'),
      number,
    ),
    choose(rule, 'why', `“${rule.what}” Why is that?`, rule.why, right('why'), rest('why'), number),
    ...(asset === undefined
      ? []
      : [
          choose(
            rule,
            'where',
            `“${rule.what}” For which of these does that hold?`,
            named(asset),
            [],
            policy.assets.filter((other) => !covered.has(other)).map(named),
            number,
          ),
        ]),
  ].filter((question) => question !== undefined);
}

/** A question with its right answer among wrong ones; undefined when there is no wrong answer to be had. */
function choose(
  rule: Guardrail,
  about: Question['about'],
  asks: string,
  right: string,
  rightToo: readonly string[],
  wrong: readonly string[],
  number: (below: number) => number,
): Question | undefined {
  const told = new Set([right, ...rightToo].map(plain));
  const distinct = shuffled(wrong, number).filter((text) => {
    const words = plain(text);
    // An answer that is part of another would be right as well.
    const isNew = words !== '' && [...told].every((other) => !other.includes(words) && !words.includes(other));
    if (isNew) told.add(words);
    return isNew;
  });
  if (distinct.length === 0) return undefined;
  const choices = shuffled([right, ...distinct.slice(0, MOST_CHOICES - 1)], number);
  return { guardrail: rule.id, about, asks, choices, right: choices.indexOf(right) };
}

function named({ id, about, paths }: Asset): string {
  const [path] = paths.filter((each) => !each.startsWith('!'));
  const place = path === undefined ? id : `${id} (${path})`;
  return about === undefined ? place : `${about.replace(/\.$/, '')}: ${place}`;
}

function isSameRule(one: Question, other: Question): boolean {
  return one.guardrail === other.guardrail;
}

/** A sentence as it is compared: its words alone. */
function plain(sentence: string): string {
  return sentence
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
