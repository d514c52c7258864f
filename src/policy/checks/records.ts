import { activitiesOf } from '../activities.js';
import type { PolicyContent, RecordSource, SigningKey } from '../language.js';
import { nearest } from '../nearest.js';
import { shown } from '../syntax.js';
import type { Checked } from './CheckedContent.js';

type Key = Exclude<keyof RecordSource, 'kind' | 'clause' | 'courses'>;

/** The keys that each kind of source reads, those first that it cannot do without. */
const KEYS: Readonly<Record<RecordSource['kind'], { readonly needs: readonly Key[]; readonly may: readonly Key[] }>> = {
  file: { needs: ['path'], may: ['columns', 'signed'] },
  xapi: { needs: ['endpoint'], may: ['account', 'authority', 'offline'] },
  badge: { needs: ['issuer', 'keys'], may: ['path'] },
};
const ALL: readonly Key[] = Object.values(KEYS).flatMap(({ needs, may }) => [...needs, ...may]);

/** What a kind of source needs, what it has no use for, and whether it can know of any course. */
export function checkRecords(checked: Checked): void {
  const { content } = checked;
  for (const source of content.records) {
    const { needs, may } = KEYS[source.kind];
    for (const key of needs) {
      const value = source[key];
      if (value !== undefined && !(Array.isArray(value) && value.length === 0)) continue;
      checked.add(
        'missing-key',
        checked.atKey(source, 'kind'),
        `A record source of kind \`${source.kind}\` needs \`${key}\`. Add it.`,
      );
    }
    for (const key of ALL) {
      if (needs.includes(key) || may.includes(key) || !isWritten(source[key])) continue;
      checked.add(
        'needless-key',
        checked.atKey(source, key),
        `\`${key}\` has no effect on a record source of kind \`${source.kind}\`. Delete it.`,
      );
    }
    source.keys.forEach((key) => signingKey(checked, key));
    courses(checked, source, content);
    if (source.signed && source.kind === 'file' && content.approvers.every(({ keys }) => keys.length === 0)) {
      checked.add(
        'no-signer',
        checked.at(source, 'signed'),
        'No approver has `keys`, so that nobody can sign this register and it counts for nothing. Add the SSH public key of an approver.',
      );
    }
  }
}

function isWritten(value: RecordSource[Key]): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}

function courses(checked: Checked, source: RecordSource, { training }: PolicyContent): void {
  if (checked.unread.has('training')) return;
  const known = training.map(({ id }) => id);
  for (const [at, id] of (source.courses ?? []).entries()) {
    if (id === '' || known.includes(id)) continue;
    const meant = nearest(id, known);
    checked.add(
      'unknown-course',
      checked.at(source, 'courses', at),
      `There is no course \`${shown(id)}\`. ${meant === undefined ? 'Name courses of `training`.' : `Did you mean \`${meant}\`?`}`,
    );
  }
  if (source.kind === 'file') return;
  for (const course of training) {
    if (source.courses !== undefined && !source.courses.includes(course.id)) continue;
    if (course.id === '' || activitiesOf(course).length > 0) continue;
    checked.add(
      'no-activity',
      checked.at(course, 'id'),
      `The ${source.kind === 'xapi' ? 'record store' : 'badges'} under \`records\` cannot name \`${course.id}\`. Add its \`activity\`, or leave the course out of that source's \`courses\`.`,
    );
  }
}

const CURVES: Readonly<Record<'OKP' | 'EC', readonly string[]>> = { OKP: ['Ed25519'], EC: ['P-256', 'P-384', 'P-521'] };

function signingKey(checked: Checked, key: SigningKey): void {
  const wanted = { OKP: ['crv', 'x'], EC: ['crv', 'x', 'y'], RSA: ['n', 'e'] } as const;
  const missing = wanted[key.kty].find((member) => key[member] === undefined);
  const fault =
    missing !== undefined
      ? `needs \`${missing}\``
      : key.kty !== 'RSA' && !CURVES[key.kty].includes(key.crv ?? '')
        ? `has one of the curves ${CURVES[key.kty].join(', ')}`
        : (['x', 'y', 'n', 'e'] as const).some((member) => !/^[A-Za-z0-9_-]*$/.test(key[member] ?? ''))
          ? 'is written in base64url'
          : undefined;
  if (fault !== undefined)
    checked.add('bad-signing-key', checked.at(key), `A signing key with \`kty: ${key.kty}\` ${fault}. Correct it.`);
}
