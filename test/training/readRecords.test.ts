import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecords } from '../../src/training/readRecords.js';
import { filesOf, NOW, SetClock, trainingPolicy } from '../support/recordPorts.js';

const REGISTER = 'person,course,passed\nana@helio.example,c,2026-01-20\n';
const ports = (texts: Readonly<Record<string, string>>) => ({ files: filesOf(texts), clock: new SetClock() });

describe('the registers of a policy', () => {
  it('are all read, each with a status of its own', async () => {
    const policy = trainingPolicy('{kind: file, path: [r.csv, s.yaml]}, {kind: file, path: none.csv}');
    const yaml = '- {person: nia@north.example, course: c, passed: 2026-02-01}\n';
    const { records, sources, problems, now } = await readRecords(policy, ports({ 'r.csv': REGISTER, 's.yaml': yaml }));
    assert.deepEqual(
      records.map(({ person }) => person),
      ['ana@helio.example', 'nia@north.example'],
    );
    assert.deepEqual(
      sources.map(({ name, state, records: count, readAt }) => [name, state.kind, count, readAt]),
      [
        ['r.csv', 'read', 1, NOW],
        ['s.yaml', 'read', 1, NOW],
        ['none.csv', 'missing', 0, undefined],
      ],
    );
    assert.deepEqual(problems, ["The register none.csv is not there. Put it there, or take it out of 'records'."]);
    assert.equal(now, NOW);
  });

  it('that cannot be read leave their courses unchecked, and only theirs', async () => {
    const policy = trainingPolicy('{kind: file, path: a.yaml, courses: [c]}, {kind: file, path: r.csv}', {
      more: '',
    });
    const { unchecked, problems } = await readRecords(policy, ports({ 'a.yaml': 'a: [', 'r.csv': REGISTER }));
    assert.deepEqual(unchecked, [
      {
        course: 'c',
        why: 'the register a.yaml cannot be read: this is not valid YAML. Write a list of {person, course, passed}.',
      },
    ]);
    assert.equal(problems.length, 1);
  });

  it('of a source for some courses say nothing of others', async () => {
    const policy = trainingPolicy('{kind: file, path: r.csv, courses: [c]}', {
      course: ', formerly: ["Safe hands 1"]',
    });
    const text = `${REGISTER}ana@helio.example,d,2026-01-20\nana@helio.example,Safe hands 1,2025-01-20\n`;
    const { records } = await readRecords(policy, ports({ 'r.csv': text }));
    assert.deepEqual(
      records.map(({ course }) => course),
      ['c', 'Safe hands 1'],
    );
  });

  describe('that have to be signed', () => {
    let folder: string;
    const sign = (text: string, key = 'lead'): string => {
      rmSync(join(folder, 'r.csv.sig'), { force: true });
      writeFileSync(join(folder, 'r.csv'), text);
      execFileSync(
        'ssh-keygen',
        ['-q', '-Y', 'sign', '-n', 'developer-terms', '-f', join(folder, key), join(folder, 'r.csv')],
        {
          stdio: 'pipe',
        },
      );
      return readFileSync(join(folder, 'r.csv.sig'), 'utf8');
    };
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'devterms-register-'));
      for (const name of ['lead', 'eve'])
        execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', `${name}@x`, '-f', join(folder, name)]);
    });
    after(() => rmSync(folder, { recursive: true, force: true }));
    const read = (texts: Readonly<Record<string, string>>) => {
      const key = readFileSync(join(folder, 'lead.pub'), 'utf8').trim();
      const more = `approvers: [{person: nia@north.example, party: north, keys: "${key}"}]\n`;
      return readRecords(trainingPolicy('{kind: file, path: r.csv, signed: true}', { more }), ports(texts));
    };

    it('count with the signature of an approver', async () => {
      const { records, problems } = await read({ 'r.csv': REGISTER, 'r.csv.sig': sign(REGISTER) });
      assert.deepEqual([records.length, problems], [1, []]);
    });

    const told: readonly (readonly [string, () => Record<string, string>, RegExp])[] = [
      [
        'without a signature',
        () => ({ 'r.csv': REGISTER }),
        /^The register r\.csv is not signed, and counts for nothing/,
      ],
      [
        'changed afterwards',
        () => ({ 'r.csv': `${REGISTER}eve@x.example,c,2026-01-01\n`, 'r.csv.sig': sign(REGISTER) }),
        /^The register r\.csv has a signature that is not good: the file is not what was signed\./,
      ],
      [
        'signed by somebody else',
        () => ({ 'r.csv': REGISTER, 'r.csv.sig': sign(REGISTER, 'eve') }),
        /^The register r\.csv is signed with a key of no approver\./,
      ],
    ];
    for (const [what, texts, message] of told)
      it(`count for nothing ${what}, and say so`, async () => {
        const { records, problems, unchecked } = await read(texts());
        assert.deepEqual(records, []);
        assert.match(problems[0] ?? '', message);
        assert.match(problems[0] ?? '', /ssh-keygen -Y sign -n developer-terms/);
        assert.equal(unchecked.length, 1);
      });
  });
});
