/**
 * Open Badges 3.0 as signed JWT: one line of text that says who earned which achievement, signed by the issuer. Only the
 * policy's own keys count; whatever key, address or algorithm a badge brings along is not looked at.
 */
import { foldAddress } from '../policy/addresses.js';
import type { SigningKey } from '../policy/language.js';
import { parseInstant, parseMoment } from '../policy/moments.js';
import { plainObject } from './xapi/Identity.js';

/** What a badge has to be, to count. */
export interface BadgeTerms {
  /** The issuer's identifier and keys. */
  readonly issuer: string;
  readonly keys: readonly SigningKey[];
  /** The course of each achievement. */
  readonly courses: ReadonlyMap<string, string>;
  /** The addresses of whom a badge may be for: it may name its person by a hash alone. */
  readonly people: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Why a badge does not count, in the order in which it is looked at. */
export type BadgeFault =
  | 'no-token'
  /** Changed on the way, or signed with a key that the policy does not know. */
  | 'strange-key'
  | 'no-badge'
  | 'other-issuer'
  | 'no-dates'
  | 'over'
  | 'other-achievement'
  | 'other-person';

export type BadgeReading =
  /** `passed` is an instant; one that is still to come counts from then on. */
  | {
      readonly kind: 'good';
      readonly issuer: string;
      readonly person: string;
      readonly course: string;
      readonly passed: string;
    }
  /** `why` as the end of a sentence: "it is not signed with a key of the policy". */
  | { readonly kind: 'bad'; readonly fault: BadgeFault; readonly why: string };

/** The algorithms that a kind of key signs with; a token cannot choose one that its key is not for. */
const ALGORITHMS: Readonly<Record<string, readonly string[]>> = {
  Ed25519: ['EdDSA', 'Ed25519'],
  'P-256': ['ES256'],
  'P-384': ['ES384'],
  'P-521': ['ES512'],
  RSA: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
};
/** Characters; a badge with a picture in it is far shorter. */
const LONGEST = 2_000_000;

/** Reads one badge. Never rejects. */
export async function readBadge(token: string, terms: BadgeTerms): Promise<BadgeReading> {
  const bad = (fault: BadgeFault, why: string): BadgeReading => ({ kind: 'bad', fault, why });
  const compact = token.trim();
  if (compact.length > LONGEST || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(compact))
    return bad('no-token', 'it is no signed badge');
  const payload = await signedPayload(compact, terms.keys);
  if (payload === undefined) return bad('strange-key', 'it is not signed with a key of the policy');
  // VC 1.1 puts the credential under `vc`, and its moments into the token's own claims.
  const credential = plainObject(payload['vc']) ?? payload;
  const types = [credential['type']].flat();
  if (!types.includes('OpenBadgeCredential') && !types.includes('AchievementCredential'))
    return bad('no-badge', 'it is no Open Badge 3.0');
  const issuers = [payload['iss'], idOf(credential['issuer'])].filter((issuer) => issuer !== undefined);
  if (issuers.length === 0 || issuers.some((issuer) => issuer !== terms.issuer))
    return bad('other-issuer', `it is not issued by ${terms.issuer}`);

  const from = latest([credential['validFrom'], credential['issuanceDate']], payload['nbf']);
  const until = earliest([credential['validUntil'], credential['expirationDate']], payload['exp']);
  const awarded = credential['awardedDate'] === undefined ? from : momentOf(credential['awardedDate']);
  if (from === undefined || until === undefined || awarded === undefined || !Number.isFinite(awarded))
    return bad('no-dates', 'it does not say from when it is valid');
  if (until <= terms.now) return bad('over', `it was valid until ${new Date(until).toISOString().slice(0, 10)}`);

  const subject = plainObject(credential['credentialSubject']);
  const achievement = idOf(subject?.['achievement']);
  const course = typeof achievement === 'string' ? terms.courses.get(achievement) : undefined;
  if (course === undefined) return bad('other-achievement', 'it is for no course of the policy');
  const person = await personOf(subject ?? {}, payload['sub'], terms.people);
  if (person === undefined) return bad('other-person', 'it is for nobody of the policy');
  const passed = new Date(Math.max(awarded, from)).toISOString();
  return { kind: 'good', issuer: terms.issuer, person, course, passed };
}

async function signedPayload(
  token: string,
  keys: readonly SigningKey[],
): Promise<Readonly<Record<string, unknown>> | undefined> {
  // Loaded with the first badge: most policies have none.
  const { compactVerify, importJWK } = await import('jose');
  for (const key of keys) {
    const algorithms = ALGORITHMS[key.kty === 'RSA' ? 'RSA' : (key.crv ?? '')] ?? [];
    for (const algorithm of algorithms) {
      try {
        const imported = await importJWK(bareKey(key), algorithm);
        const { payload } = await compactVerify(token, imported, { algorithms: [algorithm] });
        return plainObject(JSON.parse(new TextDecoder().decode(payload)));
      } catch {
        // Another key or another algorithm; jose rejects what is wrong in any way.
      }
    }
  }
  return undefined;
}

/** The parts of a key that make it one: a name for it, and who may use it for what, is nothing that a badge may rest on. */
function bareKey({ kty, crv, x, y, n, e }: SigningKey): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries({ kty, crv, x, y, n, e }).flatMap(([name, part]) => (part === undefined ? [] : [[name, part]])),
  );
}

/** The one whom a badge is for: named by address, or by a hash of it that one of `people` fits. */
async function personOf(
  subject: Readonly<Record<string, unknown>>,
  sub: unknown,
  people: readonly string[],
): Promise<string | undefined> {
  const known = new Map(people.map((address) => [foldAddress(address), address]));
  const named: (string | undefined)[] = [];
  const mailto = (id: unknown) =>
    typeof id === 'string' && /^mailto:[^@\s]+@[^@\s]+$/i.test(id) ? foldAddress(id.slice(7)) : undefined;
  // Where both are there, they have to be the same.
  const ids = [subject['id'], sub].filter((id) => id !== undefined);
  if (ids.length > 0 && new Set(ids).size > 1) return undefined;
  named.push(mailto(ids[0]));
  for (const entry of [subject['identifier']].flat()) {
    const identity = plainObject(entry);
    if (identity?.['identityType'] !== 'emailAddress') continue;
    const { identityHash: hash, hashed, salt } = identity;
    if (typeof hash !== 'string') continue;
    if (hashed !== true) named.push(foldAddress(hash));
    else named.push(await unhashed(hash, typeof salt === 'string' ? salt : '', people));
  }
  const found = new Set(named.filter((address) => address !== undefined && known.has(address)));
  // One badge for several people is a badge for nobody.
  return found.size === 1 ? [...found][0] : undefined;
}

async function unhashed(hash: string, salt: string, people: readonly string[]): Promise<string | undefined> {
  const wanted = /^sha256\$([0-9a-f]{64})$/i.exec(hash)?.[1]?.toLowerCase();
  if (wanted === undefined) return undefined;
  for (const address of people) {
    for (const spelling of new Set([address, foldAddress(address)])) {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${spelling}${salt}`));
      const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
      if (hex === wanted) return foldAddress(address);
    }
  }
  return undefined;
}

function idOf(value: unknown): unknown {
  return typeof value === 'string' ? value : plainObject(value)?.['id'];
}

/** Epoch milliseconds of a badge's date; NaN for one that cannot be read. */
function momentOf(text: unknown): number {
  if (typeof text !== 'string') return NaN;
  const moment = parseMoment(text);
  return moment?.kind === 'instant' ? moment.epoch : (parseInstant(`${text}T00:00:00Z`) ?? NaN);
}

function claim(seconds: unknown): readonly number[] {
  return seconds === undefined ? [] : [typeof seconds === 'number' ? seconds * 1000 : NaN];
}

function momentsOf(texts: readonly unknown[], seconds: unknown): readonly number[] {
  return [...texts.filter((text) => text !== undefined).map(momentOf), ...claim(seconds)];
}

/** Undefined when nothing says it, or one cannot be read. */
function latest(texts: readonly unknown[], seconds: unknown): number | undefined {
  const moments = momentsOf(texts, seconds);
  return moments.length === 0 || moments.some(Number.isNaN) ? undefined : Math.max(...moments);
}

/** Infinity when nothing says it; undefined when one cannot be read. */
function earliest(texts: readonly unknown[], seconds: unknown): number | undefined {
  const moments = momentsOf(texts, seconds);
  return moments.some(Number.isNaN) ? undefined : Math.min(Infinity, ...moments);
}
