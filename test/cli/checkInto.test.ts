import assert from 'node:assert/strict';
import type { CheckResult } from '../../src/check/Finding.js';
import { devterms, inFolder } from '../support/commandLine.js';
import { inRepository } from '../support/gitRepository.js';

const POLICY = `version: 1
agreement: {id: A-1, title: The agreement, zone: UTC, contact: desk@helio.example}
parties: [{id: helio, name: Helio GmbH}, {id: north, name: Northlight Inc.}]
teams:
  - {id: helio-dev, party: helio, members: [ana@helio.example]}
  - {id: north-dev, party: north, members: [nia@north.example]}
assets:
  - {id: camera, owner: north, paths: ["camera/**"]}
  - {id: tuning, owner: north}
guardrails:
  - {id: inside, covers: [camera, tuning], actions: [export], into: ["remote:*", "!remote:git.helio.example/**"], effect: deny, what: Camera code stays on the servers of both., why: They are the only ones that were agreed., instead: Push to git.helio.example., clause: "5.1"}
grants: [{id: sharing, to: [helio-dev], covers: [camera, tuning], actions: [view, use, export]}]
`;
const FILES = {
  'developer-terms.yaml': POLICY,
  'camera/lens.ts': 'export const secretLens = 814.7;\n',
  'shared/tuned.ts':
    'export const a = 1;\n// TERMS-BEGIN asset=tuning\nexport const gain = 4;\n// TERMS-END\nexport const b = 2;\n',
  'free/own.ts': 'export const own = 1;\n',
};
const ANA = ['--who', 'ana@helio.example'];
const EXPORTED = ['fails export camera/lens.ts:1-1', 'fails export shared/tuned.ts:2-4'];

/** What is found of this kind in the files as they are. */
async function exported(folder: string, ...args: string[]): Promise<{ code: number; found: string[] }> {
  const { code, out, err } = await devterms(folder, 'check', '--format', 'json', ...args);
  assert.ok(out.startsWith('{'), err);
  const { findings } = JSON.parse(out) as CheckResult;
  const found = findings
    .filter(({ kind }) => kind === 'export')
    .map(({ outcome, kind, path, range }) => `${outcome} ${kind} ${path}:${range.start.line}-${range.end.line}`);
  return { code, found };
}

describe('devterms check --into', () => {
  it('names what may not go there: whole files and marked lines, with the place, the rule and whom to ask', async () => {
    await inFolder(FILES, async (folder) => {
      const away = ['--into', 'remote:github.com/helio/app'];
      assert.deepEqual(await exported(folder, ...away, ...ANA), { code: 1, found: EXPORTED });
      const { out } = await devterms(folder, 'check', ...away, ...ANA);
      assert.match(out, /camera\/lens\.ts would go to github\.com\/helio\/app: camera of Northlight Inc\./);
      assert.match(
        out,
        /Lines 2–4 of shared\/tuned\.ts would go to github\.com\/helio\/app: tuning of Northlight Inc\./,
      );
      assert.match(out, /Clause 5\.1\. Camera code stays on the servers of both\.[^]*Instead: Push[^]*Ask: desk@/);
      assert.doesNotMatch(out, /secretLens|814/);
    });
  });

  it('passes where the place is permitted, and asks nothing where no place is named', async () => {
    await inFolder(FILES, async (folder) => {
      const at = (...into: string[]) => exported(folder, ...into, ...ANA);
      assert.deepEqual(await at('--into', 'remote:git.helio.example/app'), { code: 0, found: [] });
      assert.deepEqual(await at(), { code: 0, found: [] });
    });
  });

  it('looks at the given paths alone', async () => {
    await inFolder(FILES, async (folder) => {
      const { found } = await exported(folder, 'shared', '--into', 'remote:github.com/helio/app', ...ANA);
      assert.deepEqual(found, EXPORTED.slice(1));
    });
  });

  it('asks for whoever git says is at work, and says so where it says nobody', async () => {
    await inRepository(FILES, async (repository) => {
      const { root } = repository;
      assert.equal((await exported(root, '--into', 'remote:git.helio.example/app')).code, 0);
      repository.git('config', 'user.email', 'stranger@else.example');
      assert.deepEqual((await exported(root, '--into', 'remote:git.helio.example/app')).found, EXPORTED);
      repository.git('config', 'user.email', '');
      const { code, err } = await devterms(root, 'check', '--into', 'remote:git.helio.example/app');
      assert.deepEqual([code, /Say for whom: --who/.test(err)], [2, true]);
    });
  });

  it('knows a finding again for the same place alone', async () => {
    await inFolder(FILES, async (folder) => {
      const print = async (into: string) => {
        const { out } = await devterms(folder, 'check', '--format', 'json', '--into', into, ...ANA);
        return (JSON.parse(out) as CheckResult).findings
          .filter(({ kind }) => kind === 'export')
          .map(({ fingerprint }) => fingerprint);
      };
      const [here, again, there] = [
        await print('remote:a.example/x'),
        await print('remote:a.example/x'),
        await print('remote:b.example/x'),
      ];
      assert.deepEqual(here, again);
      assert.equal(new Set([...here, ...there]).size, 4);
    });
  });

  it('is about the files as they are, and wants a place', async () => {
    await inFolder(FILES, async (folder) => {
      for (const args of [
        ['--into', 'remote:x', '--staged'],
        ['--into', 'remote:x', '--since', 'main'],
        ['--into', ''],
      ]) {
        const { code, out, err } = await devterms(folder, 'check', ...args);
        assert.deepEqual([code, out], [2, '']);
        assert.match(err, /--into/);
      }
    });
  });
});
