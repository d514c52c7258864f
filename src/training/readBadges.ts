/** Badges from files of the repository, and those that a person pasted. */
import { activitiesOf } from '../policy/activities.js';
import { isAddressPattern } from '../policy/addresses.js';
import type { Course, PolicyContent, RecordSource } from '../policy/language.js';
import { UserError, type Clock, type Files } from '../ports.js';
import { readBadge, type BadgeReading, type BadgeTerms } from './badge.js';
import type { Reading, SourceState } from './CourseRecords.js';
import { PASTED } from './sourceInWords.js';

/** The parts of a policy that say which badges count. */
export type BadgePolicy = Pick<PolicyContent, 'records' | 'training' | 'teams'>;

/** The courses that a source has records of. */
export function coursesOf(source: RecordSource, { training }: Pick<PolicyContent, 'training'>): readonly Course[] {
  return training.filter(({ id }) => source.courses?.includes(id) ?? true);
}

/** The badges in each file that a source names; `person` may have one without being named in a team. */
export function readBadgeFiles(
  source: RecordSource,
  policy: BadgePolicy,
  { files, clock }: { readonly files: Pick<Files, 'read'>; readonly clock: Clock },
  person: string | undefined,
): Promise<readonly Reading[]> {
  const terms = termsOf(source, policy, clock, person);
  const courses = coursesOf(source, policy).map(({ id }) => id);
  const inFile = async (path: string): Promise<Reading> => {
    const failed = (state: SourceState): Reading => ({
      status: { kind: 'badge', name: path, courses, state, records: 0, readAt: undefined, problems: [] },
      records: [],
    });
    try {
      const bytes = await files.read(path);
      if (bytes === undefined) return failed({ kind: 'missing' });
      const tokens = new TextDecoder().decode(bytes).split(/\s+/).filter(Boolean);
      return readingOf(path, courses, await Promise.all(tokens.map((token) => readBadge(token, terms))), clock);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return failed({ kind: 'unreadable', why: error.message });
    }
  };
  return Promise.all((source.path ?? []).map(inFile));
}

/** The badges that somebody pasted, as one source; none where there are none, or the policy takes none. */
export async function readPastedBadges(
  tokens: readonly string[],
  policy: BadgePolicy,
  clock: Clock,
  person: string | undefined,
): Promise<readonly Reading[]> {
  const sources = policy.records.filter(({ kind }) => kind === 'badge');
  if (tokens.length === 0 || sources.length === 0) return [];
  const courses = [...new Set(sources.flatMap((source) => coursesOf(source, policy).map(({ id }) => id)))];
  const badges = await Promise.all(tokens.map((token) => judgeBadge(token, policy, clock, person)));
  return [readingOf(PASTED, courses, badges, clock)];
}

/**
 * What a badge is worth by a policy: good as soon as one of its badge sources takes it, else what keeps it from counting where
 * it came furthest. With no badge source at all, every badge is signed with a strange key.
 */
export async function judgeBadge(
  token: string,
  policy: BadgePolicy,
  clock: Clock,
  person: string | undefined,
): Promise<BadgeReading> {
  const sources = policy.records.filter(({ kind }) => kind === 'badge');
  const badges = await Promise.all(sources.map((source) => readBadge(token, termsOf(source, policy, clock, person))));
  return (
    badges.find(({ kind }) => kind === 'good') ??
    badges.find((badge) => badge.kind === 'bad' && badge.fault !== 'strange-key') ??
    badges[0] ?? { kind: 'bad', fault: 'strange-key', why: 'it is not signed with a key of the policy' }
  );
}

function termsOf(source: RecordSource, policy: BadgePolicy, clock: Clock, person: string | undefined): BadgeTerms {
  const members = policy.teams.flatMap((team) => team.members.map((member) => member.person));
  return {
    issuer: source.issuer ?? '',
    keys: source.keys,
    courses: new Map(
      coursesOf(source, policy).flatMap((course) => activitiesOf(course).map((iri) => [iri, course.id])),
    ),
    people: [...new Set([...(person === undefined ? [] : [person]), ...members])].filter(
      (address) => !isAddressPattern(address),
    ),
    now: Date.parse(clock.now()),
  };
}

function readingOf(name: string, courses: readonly string[], badges: readonly BadgeReading[], clock: Clock): Reading {
  const records = badges.flatMap((badge) =>
    badge.kind === 'good' ? [{ person: badge.person, course: badge.course, passed: badge.passed, source: name }] : [],
  );
  return {
    status: {
      kind: 'badge',
      name,
      courses,
      state: { kind: 'read' },
      records: records.length,
      readAt: clock.now(),
      problems: badges.flatMap((badge, at) =>
        badge.kind === 'bad' ? [`Badge ${at + 1} of ${name} counts for nothing: ${badge.why}.`] : [],
      ),
    },
    records,
  };
}
