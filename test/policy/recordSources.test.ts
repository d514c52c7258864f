import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { normalEndpoint } from '../../src/policy/endpoints.js';
import { loadPolicy } from '../../src/policy/loadPolicy.js';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBWEwlUlVnyxnZ5y7JiaziMAPVFU/Qx+C8Zq5LQGBnJo';
const PARENT = `version: 1
agreement: {id: A, title: A, zone: UTC, contact: legal@helio.example}
parties: [{id: helio, name: Helio}, {id: north, name: North}]
assets: [{id: net, owner: north, tier: confidential, paths: ["net/**"]}]
training: [{id: c, title: C, covers: net, actions: edit, activity: "urn:c", formerly: [b]}, {id: d, title: D, covers: net, actions: edit, activity: "urn:d"}]
approvers: [{person: nina@north.example, party: north, keys: "${KEY}"}]
records:
  - {kind: file, path: r.csv}
  - {kind: xapi, endpoint: "https://lrs.example/", offline: P7D, authority: ["mailto:a@x.example", "mailto:b@x.example"]}
  - {kind: badge, issuer: "urn:i", keys: [{kty: OKP, crv: Ed25519, x: aaaa}, {kty: OKP, crv: Ed25519, x: bbbb}]}
`;
const hash = (bytes: Uint8Array) => Promise.resolve(createHash('sha256').update(bytes).digest('hex'));

/** A policy on top of PARENT: its sources as far as they differ, and what is rejected. */
async function child(rest: string) {
  const bytes = new TextEncoder().encode(PARENT);
  const texts: Readonly<Record<string, Uint8Array>> = {
    'base.yaml': bytes,
    'child.yaml': new TextEncoder().encode(
      `version: 1\nextends: [{path: base.yaml, sha256: ${await hash(bytes)}}]\n${rest}`,
    ),
  };
  const files = {
    read: (path: string) => Promise.resolve(texts[path]),
    target: (path: string) => Promise.resolve(path),
  };
  const { policy, problems } = await loadPolicy('child.yaml', files, hash);
  return { policy, told: problems.map(({ code, message }) => `${code}: ${message}`) };
}

describe('record sources of a policy that extends another', () => {
  it('may be trusted less: signed, fewer authorities, courses and keys, a shorter time offline', async () => {
    const { policy, told } = await child(`records:
  - {kind: file, path: r.csv, signed: true, courses: c}
  - {kind: xapi, endpoint: "https://lrs.example/", offline: P1D, authority: "mailto:a@x.example"}
  - {kind: badge, issuer: "urn:i", keys: [{kty: OKP, crv: Ed25519, x: bbbb}]}
`);
    assert.deepEqual(told, []);
    const [file, xapi, badge] = policy?.records ?? [];
    assert.deepEqual([file?.signed, file?.courses], [true, ['c']]);
    assert.deepEqual([xapi?.offline, xapi?.authority], ['P1D', ['mailto:a@x.example']]);
    assert.deepEqual(
      badge?.keys.map(({ x }) => x),
      ['bbbb'],
    );
  });

  it('stay when the child does not name them', async () => {
    const { policy } = await child('records: [{kind: file, path: r.csv, signed: true}]\n');
    assert.deepEqual(
      policy?.records.map(({ kind, signed }) => [kind, signed]),
      [
        ['file', true],
        ['xapi', false],
        ['badge', false],
      ],
    );
  });

  const rejected: readonly (readonly [string, RegExp])[] = [
    ['{kind: file, path: own.csv}', /^loosens-parent: Passes in `file: own.csv` would count, which the parent/],
    ['{kind: xapi, endpoint: "https://lrs.example/", offline: P8D}', /^loosens-parent: This counts older records of/],
    [
      '{kind: xapi, endpoint: "https://lrs.example/", authority: ["mailto:a@x.example", "mailto:c@x.example"]}',
      /^loosens-parent: This trusts more authorities of/,
    ],
    [
      '{kind: badge, issuer: "urn:i", keys: [{kty: OKP, crv: Ed25519, x: cccc}]}',
      /^loosens-parent: This trusts more keys of/,
    ],
    [
      '{kind: file, path: r.csv, columns: {person: Boss}}',
      /^replaces-parent: The inherited record source `file: r.csv`/,
    ],
  ];
  for (const [source, expected] of rejected)
    it(`cannot be trusted more: ${source}`, async () => {
      const { policy, told } = await child(`records: [${source}]\n`);
      assert.equal(policy, undefined);
      assert.match(told.join('\n'), expected);
    });

  it('can not be signed by a key that the child brings', async () => {
    const signed = PARENT.replace('path: r.csv', 'path: r.csv, signed: true');
    assert.notEqual(signed, PARENT);
    const other = KEY.replace('IBWE', 'IBXE');
    const { told } = await child(`approvers: [{person: nina@north.example, party: north, keys: ["${other}"]}]\n`);
    assert.match(told.join('\n'), /^loosens-parent: nina@north.example could sign course registers with a key/);
  });

  it('cannot count passes of another course: `formerly` only loses names', async () => {
    const { told } = await child(
      'training: [{id: c, title: C, covers: net, actions: edit, activity: "urn:c", formerly: [b, yoga]}]\n',
    );
    assert.match(told.join('\n'), /^loosens-parent: This counts passes of other courses for the inherited course `c`/);
  });
});

describe('the address of a record store', () => {
  it('is compared with a slash at its end and its host in lower case', () => {
    assert.equal(normalEndpoint('https://LRS.example/xAPI'), 'https://lrs.example/xAPI/');
    assert.equal(normalEndpoint('https://lrs.example:443'), 'https://lrs.example/');
  });

  it('is https, but on this machine, and nothing more than an address', () => {
    for (const good of ['http://127.0.0.1:80/x', 'http://localhost/', 'http://[::1]:3000/'])
      assert.notEqual(normalEndpoint(good), undefined, good);
    for (const bad of [
      'http://lrs.example/',
      'http://127.0.0.1.evil.example/',
      'http://localhost.evil.example/',
      'https://a:b@lrs.example/',
      'https://lrs.example/?a=b',
      'ftp://lrs.example/',
      'file:///etc/passwd',
      'lrs.example',
    ])
      assert.equal(normalEndpoint(bad), undefined, bad);
  });
});
