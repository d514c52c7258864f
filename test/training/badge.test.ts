import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readBadge, type BadgeTerms } from '../../src/training/badge.js';
import { badgeInWords } from '../../src/report/badgeWords.js';
import { judgeBadge } from '../../src/training/readBadges.js';
import { readRecords } from '../../src/training/readRecords.js';
import { BadgeIssuer, credential, ISSUER, subject } from '../support/BadgeIssuer.js';
import { filesOf, NOW, SetClock, trainingPolicy } from '../support/recordPorts.js';

const identity = (address: string, salt: string) => ({
  type: 'IdentityObject',
  identityType: 'emailAddress',
  hashed: true,
  salt,
  identityHash: `sha256$${createHash('sha256').update(`${address}${salt}`).digest('hex')}`,
});

describe('a badge', () => {
  let issuer: BadgeIssuer;
  before(async () => {
    issuer = await BadgeIssuer.with('EdDSA');
  });
  const terms = (more: Partial<BadgeTerms> = {}): BadgeTerms => ({
    issuer: ISSUER,
    keys: [issuer.key],
    courses: new Map([['urn:c', 'c']]),
    people: ['ana@helio.example', 'Ben@Helio.example'],
    now: Date.parse(NOW),
    ...more,
  });
  const whyNot = async (payload: unknown, more: Partial<BadgeTerms> = {}) => {
    const reading = await readBadge(await issuer.sign(payload), terms(more));
    return reading.kind === 'bad' ? reading.why : reading;
  };
  const good = (person = 'ana@helio.example') => ({
    kind: 'good',
    issuer: ISSUER,
    person,
    course: 'c',
    passed: '2026-03-01T09:00:00.000Z',
  });

  for (const algorithm of ['EdDSA', 'ES256', 'ES384', 'ES512', 'RS256', 'PS256'])
    it(`counts when the issuer signed it with ${algorithm}`, async () => {
      const own = await BadgeIssuer.with(algorithm);
      const token = await own.sign(credential());
      assert.deepEqual(await readBadge(` ${token}\n`, terms({ keys: [issuer.key, own.key] })), good());
      assert.deepEqual(await readBadge(token, terms()), {
        kind: 'bad',
        fault: 'strange-key',
        why: 'it is not signed with a key of the policy',
      });
    });

  it('may stand under `vc`, with its moments and its person in the claims of the token', async () => {
    const vc = credential({ issuer: undefined, validFrom: undefined, credentialSubject: subject({}) });
    const payload = {
      vc,
      iss: ISSUER,
      sub: 'mailto:ana@helio.example',
      nbf: Date.parse('2026-03-01T09:00:00Z') / 1000,
    };
    assert.deepEqual(await readBadge(await issuer.sign(payload), terms()), good());
  });

  it('may name its person by a salted hash of the address, in any case of the letters', async () => {
    for (const [address, person] of [
      ['ana@helio.example', 'ana@helio.example'],
      ['Ben@Helio.example', 'ben@helio.example'],
      ['ben@helio.example', 'ben@helio.example'],
    ] as const) {
      const payload = credential({ credentialSubject: subject({ identifier: [identity(address, 'salt1')] }) });
      assert.deepEqual(await readBadge(await issuer.sign(payload), terms()), good(person));
    }
  });

  it('was earned when it was awarded, if it says so', async () => {
    const token = await issuer.sign(credential({ awardedDate: '2026-04-02T10:00:00Z' }));
    const reading = await readBadge(token, terms());
    assert.equal(reading.kind === 'good' && reading.passed, '2026-04-02T10:00:00.000Z');
  });

  it('of somebody else, of another issuer or for another course counts for nothing', async () => {
    const forWhom = (who: object) => credential({ credentialSubject: subject(who) });
    assert.equal(await whyNot(forWhom({ id: 'mailto:eve@evil.example' })), 'it is for nobody of the policy');
    assert.equal(await whyNot(forWhom({})), 'it is for nobody of the policy');
    assert.equal(await whyNot(forWhom({ id: 'did:example:ana' })), 'it is for nobody of the policy');
    // One badge cannot be handed around: not two persons, and not the one while the token names the other.
    const both = { id: 'mailto:ana@helio.example', identifier: [identity('Ben@Helio.example', 's')] };
    assert.equal(await whyNot(forWhom(both)), 'it is for nobody of the policy');
    assert.equal(await whyNot({ ...credential(), sub: 'mailto:ben@helio.example' }), 'it is for nobody of the policy');
    assert.equal(await whyNot(credential({ issuer: 'https://evil.example' })), `it is not issued by ${ISSUER}`);
    assert.equal(await whyNot({ ...credential(), iss: 'https://evil.example' }), `it is not issued by ${ISSUER}`);
    assert.equal(await whyNot(credential({ issuer: undefined })), `it is not issued by ${ISSUER}`);
    assert.equal(await whyNot(credential(), { courses: new Map() }), 'it is for no course of the policy');
    assert.equal(await whyNot(credential({ type: 'VerifiableCredential' })), 'it is no Open Badge 3.0');
  });

  it('counts while it is valid only', async () => {
    assert.equal(await whyNot(credential({ validUntil: '2026-05-20T12:00:00Z' })), 'it was valid until 2026-05-20');
    assert.deepEqual(await whyNot(credential({ validUntil: '2026-05-20T12:00:01Z' })), good());
    const claims = { ...credential({ validUntil: '2030-01-01T00:00:00Z' }), exp: Date.parse('2026-05-01') / 1000 };
    assert.equal(await whyNot(claims), 'it was valid until 2026-05-01');
    assert.equal(await whyNot(credential({ validFrom: undefined })), 'it does not say from when it is valid');
    assert.equal(await whyNot(credential({ validUntil: 'soon' })), 'it does not say from when it is valid');
    assert.equal(await whyNot(credential({ awardedDate: 'long ago' })), 'it does not say from when it is valid');
  });

  it('cannot choose how it is checked', async () => {
    const json = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = 'it is not signed with a key of the policy';
    const refused = async (token: string, why = unsigned) => {
      const reading = await readBadge(token, terms({ keys: [issuer.key, rsa.key] }));
      assert.equal(reading.kind === 'bad' && reading.why, why);
    };
    const rsa = await BadgeIssuer.with('RS256');
    await refused(`${json({ alg: 'none' })}.${json(credential())}.`, 'it is no signed badge');
    await refused(`${json({ alg: 'none' })}.${json(credential())}.AAAA`);
    // The public key of the policy taken for a shared secret.
    const { createHmac } = await import('node:crypto');
    const forged = `${json({ alg: 'HS256' })}.${json(credential())}`;
    for (const secret of [rsa.key.n ?? '', JSON.stringify(rsa.key), issuer.key.x ?? ''])
      await refused(`${forged}.${createHmac('sha256', secret).update(forged).digest('base64url')}`);
    // A key that the badge brings along, and an address where one lies.
    const eve = await BadgeIssuer.with('EdDSA');
    await refused(await eve.sign(credential(), { jwk: eve.key as Record<string, string> }));
    await refused(await eve.sign(credential(), { jku: 'https://evil.example/keys' }));
    const [head, , signature] = (await issuer.sign(credential())).split('.');
    await refused(`${head}.${json(credential({ validFrom: '2026-05-01T00:00:00Z' }))}.${signature}`);
  });

  it('that is no badge, or no JSON, is told, and nothing throws', async () => {
    for (const token of ['', 'a.b', 'a.b.c', 'x'.repeat(3_000_000)])
      assert.equal((await readBadge(token, terms())).kind, 'bad');
    for (const payload of ['not json', '[]', 'null', '7', '{"type":7}', '{"type":["OpenBadgeCredential"],"issuer":[]}'])
      assert.equal((await readBadge(await issuer.sign(payload), terms())).kind, 'bad', payload);
  });

  it('is read from files of the repository and from what was pasted', async () => {
    const key = JSON.stringify(issuer.key);
    const policy = trainingPolicy(`{kind: badge, issuer: "${ISSUER}", keys: [${key}], path: badges.txt}`);
    const ana = await issuer.sign(credential());
    const ben = await issuer.sign(credential({ credentialSubject: subject({ id: 'mailto:BEN@helio.example' }) }));
    const files = filesOf({ 'badges.txt': `${ana}\nnonsense\n` });
    const { records, problems, unchecked } = await readRecords(
      policy,
      { files, clock: new SetClock() },
      { badges: [ben] },
    );
    assert.deepEqual(
      records.map(({ person, course }) => [person, course]),
      [
        ['ana@helio.example', 'c'],
        ['ben@helio.example', 'c'],
      ],
    );
    assert.deepEqual(problems, ['Badge 2 of badges.txt counts for nothing: it is no signed badge.']);
    assert.deepEqual(unchecked, []);
  });

  it('that was pasted counts by any issuer of the policy, and the other issuers say nothing of it', async () => {
    const other = await BadgeIssuer.with('ES256');
    const source = (name: string, { key }: BadgeIssuer) =>
      `{kind: badge, issuer: "${name}", keys: [${JSON.stringify(key)}]}`;
    const policy = trainingPolicy(`${source('https://other.example', other)}, ${source(ISSUER, issuer)}`);
    const ports = { files: filesOf({}), clock: new SetClock() };
    const badges = [await issuer.sign(credential()), await other.sign(credential())];
    const { records, sources, problems } = await readRecords(policy, ports, { badges });
    assert.deepEqual(
      records.map(({ person, passed }) => [person, passed]),
      [['ana@helio.example', '2026-03-01T09:00:00.000Z']],
    );
    assert.deepEqual(
      sources.map(({ name, records: count }) => [name, count]),
      [['the list of pasted badges', 1]],
    );
    assert.deepEqual(problems, [
      'Badge 2 of the list of pasted badges counts for nothing: it is not issued by https://other.example.',
    ]);
    const none = trainingPolicy('{kind: file, path: register.csv}');
    assert.deepEqual((await readRecords(none, ports, { badges })).records, []);
  });

  describe('is explained to the one who pastes it:', () => {
    const told = async (token: string, person = 'ana@helio.example') => {
      const policy = trainingPolicy(`{kind: badge, issuer: "${ISSUER}", keys: [${JSON.stringify(issuer.key)}]}`);
      return badgeInWords(await judgeBadge(token, policy, new SetClock(), person), person, policy);
    };
    const forWhom = (who: object, achievement?: string) => credential({ credentialSubject: subject(who, achievement) });

    it('a good one of theirs by its course and day', async () => {
      assert.deepEqual(await told(await issuer.sign(credential())), {
        isGood: true,
        words: '“Safe hands”, passed on 1 March 2026, 10:00 (Europe/Berlin).',
      });
      assert.ok((await told(await issuer.sign(credential()), 'ANA@Helio.example')).isGood);
    });

    it('one that is good, but not theirs, by both addresses', async () => {
      const { isGood, words } = await told(await issuer.sign(forWhom({ id: 'mailto:ben@helio.example' })));
      assert.ok(!isGood);
      assert.match(words, /^This badge is for ben@helio\.example, and you are ana@helio\.example\./);
    });

    it('any other by what is wrong with it, whom the policy believes and whom to ask, and never by the badge itself', async () => {
      const stranger = await BadgeIssuer.with();
      const cases: readonly (readonly [string, RegExp])[] = [
        ['hello', /^This is no signed badge\. A badge \(JWT\) is/],
        [await stranger.sign(credential()), /not signed with a key.*badges of https:\/\/learn\.example\/issuer\./],
        [await issuer.sign({ hello: 1 }), /no Open Badge 3\.0/],
        [await issuer.sign(credential({ issuer: 'https://evil.example' })), /names another issuer.*learn\.example/],
        [await issuer.sign(credential({ validFrom: undefined })), /does not say from when/],
        [await issuer.sign(credential({ validUntil: '2026-04-01' })), /has expired: it was valid until 2026-04-01\./],
        [await issuer.sign(forWhom({ id: 'mailto:ana@helio.example' }, 'urn:x')), /another achievement.*“Safe hands”/],
        [await issuer.sign(forWhom({ id: 'mailto:eve@evil.example' })), /for somebody else.*ana@helio\.example/],
      ];
      for (const [token, words] of cases) {
        const verdict = await told(token);
        assert.ok(!verdict.isGood);
        assert.match(verdict.words, words);
        for (const part of token.split('.')) assert.ok(!verdict.words.includes(part) || part === '', verdict.words);
        assert.match(verdict.words, /legal@helio\.example|Take the course again|the page or the message/);
      }
    });
  });
});
