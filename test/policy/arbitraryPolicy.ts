import fc from 'fast-check';
import { policyLanguage } from '../../src/policy/language.js';
import type { Fields, Shape, TextSort } from '../../src/policy/shape.js';

/** Text as people write it, and as nobody should: quotes, colons, commas, hashes, line ends, other scripts. */
const anyText = fc
  .oneof(
    fc.constantFrom(
      'Do not copy.',
      'yes',
      'null',
      '4.10',
      '- x',
      '# no',
      'a: b',
      "it's",
      '"q"',
      'a, b',
      '*x',
      '!y',
      '{z}',
      'P1Y',
      '~',
      '0x1F',
      '1e3',
      ' x ',
      'é\u2028ü',
      '\u0085',
      'line\nline',
      'tab\tx',
      '\\',
      '|',
      '>',
    ),
    fc.string({ minLength: 1, maxLength: 20 }),
  )
  // Control characters are refused by the reader, and a text of nothing but space counts as empty.

  .map((text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '?'))
  .filter((text) => text.trim() !== '');

const word = fc.stringMatching(/^[a-z][a-z0-9._-]{0,8}$/).map((text) => `x${text}`);
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2039-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const address = fc.tuple(word, fc.stringMatching(/^[a-z]{1,6}$/)).map(([name, host]) => `${name}@${host}.example`);

const sorts: Readonly<Record<TextSort, fc.Arbitrary<string>>> = {
  text: anyText,
  sentence: anyText,
  id: word,
  clause: fc.constantFrom('4.1', '4.10', '7', '1.2.3', '§ 5'),
  moment: fc.oneof(
    day,
    day.map((date) => `${date}T12:00:00+02:00`),
  ),
  duration: fc.constantFrom('P1D', 'P6M', 'P1Y6M', 'PT72H', 'P2W'),
  hours: fc.constantFrom('PT1H', 'PT72H'),
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Tokyo'),
  address,
  member: fc.oneof(
    address,
    address.map((person) => `*${person}`),
  ),
  selector: fc.oneof(
    fc.constantFrom('everyone', 'recipients'),
    address.map((person) => `person:${person}`),
  ),
  cover: fc.constantFrom('all', 'tier:restricted', 'tier:confidential+'),
  destination: fc.constantFrom('tool:*', '!tool:x', 'remote:git.example/*', 'src/**'),
  pattern: fc.constantFrom('src/**', '!src/api/**', '**/*.ts', 'a b/{c,d}/*', '#x/**'),
  marker: fc.constantFrom('BEGIN-X', 'START-X'),
  link: fc.constant('https://learn.example/a?b=c#d'),
  iri: fc.constant('urn:course:7'),
  sha256: fc.constant('3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7'),
  path: fc.constantFrom('terms/group.yaml', 'terms/other.csv'),
  endpoint: fc.constantFrom('https://lrs.example/xapi', 'http://127.0.0.1:8080/xAPI/'),
  domain: fc.constant('x.example'),
  sshkey: fc.constant('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBWEwlUlVnyxnZ5y7JiaziMAPVFU/Qx+C8Zq5LQGBnJo me@x'),
};

/** Values as a file may write them: single entries with or without their list, members with or without dates. */
function written(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'text':
      return sorts[shape.sort];
    case 'count':
      return fc.integer({ min: 1, max: 999 });
    case 'flag':
      return fc.boolean();
    case 'version':
      return fc.constant(1);
    case 'choice':
      return fc.constantFrom(...shape.of);
    case 'list':
      return fc.uniqueArray(written(shape.of), {
        minLength: Math.max(shape.least, 1),
        maxLength: 3,
        selector: (entry) => JSON.stringify(entry),
      });
    case 'map':
      return fc.dictionary(
        shape.keys.kind === 'choice' ? fc.constantFrom(...shape.keys.of) : sorts.clause,
        written(shape.of),
        { minKeys: 1, maxKeys: 3 },
      );
    case 'either':
      return fc.oneof(written(shape.word), written(shape.map));
    case 'entry':
      return entry(shape.fields);
  }
}

function entry(fields: Fields): fc.Arbitrary<unknown> {
  const model = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, written(field.shape)]));
  return fc.record(model, { requiredKeys: Object.keys(fields).filter((key) => fields[key]?.required === true) });
}

type Plain = Record<string, unknown>;

/** Policies of every shape that have no error: what they name exists, what has dates has them in order. */
export const arbitraryPolicy: fc.Arbitrary<Plain> = entry(policyLanguage.fields).map((value) => {
  const policy = value as Plain;
  const lists = (key: string) => (Array.isArray(policy[key]) ? (policy[key] as Plain[]) : []);
  for (const key of ['extends', 'tiers', 'markers']) delete policy[key];
  const parties = lists('parties');
  parties.forEach((party, at) => Object.assign(party, { id: `party${at}`, competes: [] }));
  for (const [key, name] of [
    ['teams', 'team'],
    ['assets', 'asset'],
    ['walls', 'wall'],
    ['training', 'course'],
    ['guardrails', 'rule'],
    ['grants', 'grant'],
    ['waivers', 'waiver'],
  ] as const) {
    lists(key).forEach((each, at) => Object.assign(each, { id: `${name}${at}` }));
  }
  for (const team of lists('teams')) team['party'] = 'party0';
  for (const asset of lists('assets')) Object.assign(asset, { owner: ['party0'], tier: 'restricted' });
  for (const wall of lists('walls')) {
    wall['sides'] = [0, 1].map((at) => ({
      name: `side${at}`,
      who: [`person:p${at}@x.example`],
      assets: [`asset${at}`],
    }));
  }
  if (lists('walls').length > 0) policy['assets'] = [0, 1].map((at) => ({ id: `asset${at}`, owner: 'party0' }));
  for (const waiver of lists('waivers')) waiver['lifts'] = ['rule0'];
  if (lists('guardrails').length === 0) delete policy['waivers'];
  for (const approver of lists('approvers')) approver['party'] = 'party0';
  for (const source of lists('records')) {
    Object.assign(source, { path: 'terms/r.csv', endpoint: 'https://lrs.example/', issuer: 'urn:issuer' });
    source['keys'] = [{ kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }];
    delete source['courses'];
  }
  const evidence = policy['evidence'] as Plain | undefined;
  if (evidence !== undefined) evidence['share'] = ['party0'];
  delete (policy['agreement'] as Plain)['clauses'];
  const dated = [policy['agreement'] as Plain, ...['guardrails', 'grants', 'waivers'].flatMap(lists)];
  const members = lists('teams').flatMap(
    (team) => (team['members'] as unknown[]).filter((member) => typeof member === 'object') as Plain[],
  );
  for (const each of [...dated, ...members]) if (each['from'] !== undefined) each['from'] = '2019-01-01';
  return policy;
});
