import assert from 'node:assert/strict';
import { readFileSync, rmSync, symlinkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult, Finding } from '../../src/check/Finding.js';
import { demoText } from '../changes/partnerCode.js';
import { devterms } from '../support/commandLine.js';
import { inRepository, type GitRepository } from '../support/gitRepository.js';

const POLICY = `version: 1
agreement: {id: A-1, title: The agreement, from: 2020-01-01, until: 2099-12-31, zone: UTC, contact: desk@helio.example}
parties: [{id: helio, name: Helio GmbH}, {id: north, name: Northlight Inc.}]
teams:
  - {id: helio-dev, party: helio, members: [ana@helio.example, ben@helio.example]}
  - {id: north-dev, party: north, members: [nia@north.example]}
assets:
  - {id: camera, owner: north, paths: ["camera/**", "!camera/api/**"]}
  - {id: tuning, owner: north}
  - {id: own, owner: helio, tier: confidential, paths: ["fusion/**"]}
  - {id: terms, owner: [helio, north], tier: confidential, paths: [developer-terms.yaml, "terms/**"]}
guardrails:
  - {id: terms-change, covers: [terms], actions: [edit], who: everyone, effect: justify, what: Say why the terms change., why: They restate a contract., instead: Ask the desk.}
  - {id: no-copy, covers: [camera, tuning], actions: [copy, move], effect: deny, what: Camera code stays where it is., why: It was licensed for reading., instead: Call camera/api.}
grants:
  - {id: reading, to: [helio-dev], covers: [camera], actions: [view]}
  - {id: fixing, to: ["person:ben@helio.example"], covers: [camera], actions: [edit], purpose: [repair]}
approvers: [{person: nora@north.example, party: north}]
`;

/** Real code without imports, 40 lines of it. */
const codeOf = (path: string, from: number): string =>
  `${demoText(path)
    .split('\n')
    .slice(from, from + 40)
    .join('\n')}\n`;
const CAMERA = codeOf('orchestrator/src/dispatcher.ts', 60);
const BASE = {
  'developer-terms.yaml': POLICY,
  'camera/lens.ts': CAMERA,
  'camera/api/public.ts': 'export const api = 1;\n',
  'fusion/main.ts': "import { api } from '../camera/api/public.js';\nexport const main = api;\n",
  'shared/tuned.ts':
    '// one\nexport const a = 1;\n// TERMS-BEGIN asset=tuning\nexport const gain = 4;\nexport const bias = 7;\n// TERMS-END\nexport const b = 2;\n',
  'README.md': 'Read me.\n',
};

async function check(
  repository: GitRepository,
  ...args: string[]
): Promise<{ code: number; result: CheckResult; err: string }> {
  const { code, out, err } = await devterms(repository.root, 'check', '--format', 'json', ...args);
  assert.ok(out.startsWith('{'), err);
  return { code, result: JSON.parse(out) as CheckResult, err };
}

const brief = ({ kind, path, range, outcome, who }: Finding): string =>
  `${outcome} ${kind} ${path}:${range.start.line}-${range.end.line}${who === undefined ? '' : ` ${who}`}`;

/** What is found in what is staged after `change`. */
async function staged(
  change: (repository: GitRepository) => void,
  ...args: string[]
): Promise<{ code: number; found: string[]; result: CheckResult }> {
  let outcome: { code: number; found: string[]; result: CheckResult } | undefined;
  await inRepository(BASE, async (repository) => {
    repository.commit('Start', 'nia@north.example');
    change(repository);
    repository.git('add', '-A');
    const { code, result } = await check(repository, '--staged', ...args);
    outcome = { code, found: result.findings.map(brief), result };
  });
  assert.ok(outcome);
  return outcome;
}

const replaced = (text: string, from: string, to: string): string => {
  assert.ok(text.includes(from));
  return text.replace(from, to);
};

describe('devterms check --staged', function () {
  this.timeout(60_000);

  it('passes where nothing is staged, and where nothing covered is touched', async () => {
    assert.deepEqual((await staged(() => undefined)).code, 0);
    const { code, found } = await staged((repository) => repository.write('README.md', 'Read me twice.\n'));
    assert.deepEqual({ code, found }, { code: 0, found: [] });
  });

  it('names the changed lines of covered code, its owner, the rule and whom to ask', async () => {
    const lines = CAMERA.split('\n');
    const changed = [...lines.slice(0, 4), 'const mine = 1;', ...lines.slice(5)].join('\n');
    const { code, found, result } = await staged((repository) => repository.write('camera/lens.ts', changed));
    assert.deepEqual({ code, found }, { code: 1, found: ['fails change camera/lens.ts:5-5 ana@helio.example'] });
    const [finding] = result.findings;
    assert.equal(finding?.message, 'Line 5 was changed: camera of Northlight Inc.');
    assert.deepEqual(finding.decision.rules, ['default:ungranted']);
    assert.deepEqual(finding.before, { path: 'camera/lens.ts', lines: { start: 5, end: 5 } });
    assert.match(finding.fingerprint, /^[0-9a-f]{32}$/);
  });

  it('tells lines that were taken out where they stood, and a file that is gone', async () => {
    const fewer = CAMERA.split('\n').toSpliced(2, 3).join('\n');
    assert.deepEqual((await staged((repository) => repository.write('camera/lens.ts', fewer))).found, [
      'fails change camera/lens.ts:3-3 ana@helio.example',
    ]);
    const { found, result } = await staged((repository) => rmSync(join(repository.root, 'camera/lens.ts')));
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /^fails change camera\/lens\.ts:1-/);
    assert.match(result.findings[0]?.message ?? '', /^Lines 1–\d+ of camera\/lens\.ts were taken out/);
  });

  it('lets the owner change their own code', async () => {
    const { code, found } = await staged(
      (repository) => repository.write('camera/lens.ts', `${CAMERA}\nexport {};\n`),
      '--who',
      'nia@north.example',
    );
    assert.deepEqual({ code, found }, { code: 0, found: [] });
  });

  it('asks for a purpose where the grant names one, and passes with it', async () => {
    const change = (repository: GitRepository) => repository.write('camera/lens.ts', `${CAMERA}\nexport {};\n`);
    const without = await staged(change, '--who', 'ben@helio.example');
    assert.equal(without.code, 1);
    assert.equal(without.result.findings[0]?.effect, 'justify');
    assert.equal((await staged(change, '--who', 'ben@helio.example', '--purpose', 'repair')).code, 0);
  });

  it('takes the reason and the purpose from the message of the commit that is made', async () => {
    const withMessage = (message: string) =>
      staged(
        (repository) => {
          repository.write('terms/note.md', 'A note.\n');
          repository.write('../message', message);
        },
        ...['--message', '../message'],
      );
    assert.equal((await withMessage('Note\n\nBody\n')).code, 1);
    const given = await withMessage('Note\n\nTerms-Reason: Agreed on Monday.\n');
    assert.equal(given.code, 0);
    assert.deepEqual(given.found, ['justified change terms/note.md:1-1 ana@helio.example']);
    assert.equal(given.result.findings[0]?.reason, 'Agreed on Monday.');
  });

  it('lets what needs a reason pass with a warning before there is a message', async () => {
    const { code, found } = await staged(
      (repository) => repository.write('terms/note.md', 'A note.\n'),
      '--await-reason',
    );
    assert.deepEqual({ code, found }, { code: 0, found: ['warned change terms/note.md:1-1 ana@helio.example'] });
  });

  it('tells a marker that was taken out, altered or moved, and lines that lose their cover', async () => {
    const text = BASE['shared/tuned.ts'];
    const unmarked = (to: string) =>
      staged((repository) => repository.write('shared/tuned.ts', to), '--who', 'ben@helio.example');
    for (const to of [
      replaced(replaced(text, '// TERMS-BEGIN asset=tuning\n', ''), '// TERMS-END\n', ''),
      replaced(text, 'asset=tuning', 'asset=own'),
      replaced(replaced(text, '// TERMS-END\n', ''), 'export const bias', '// TERMS-END\nexport const bias'),
    ]) {
      const { code, found } = await unmarked(to);
      assert.equal(code, 1);
      assert.ok(
        found.some((line) => line.startsWith('fails marker-removed shared/tuned.ts:')),
        `${to}\n${found.join('\n')}`,
      );
    }
  });

  it('takes a region that is deleted with its markers for a deletion', async () => {
    const text = replaced(
      BASE['shared/tuned.ts'],
      '// TERMS-BEGIN asset=tuning\nexport const gain = 4;\nexport const bias = 7;\n// TERMS-END\n',
      '',
    );
    const { found } = await staged((repository) => repository.write('shared/tuned.ts', text));
    assert.deepEqual(found, ['fails change shared/tuned.ts:3-3 ana@helio.example']);
  });

  it('warns of a marker that means nothing', async () => {
    const { code, found } = await staged((repository) => repository.write('shared/new.ts', '// TERMS-END\n'));
    assert.deepEqual(
      { code, found },
      { code: 0, found: ['warned marker-problem shared/new.ts:1-1 ana@helio.example'] },
    );
  });

  it('tells a rename out of an asset as a move, and one within it as an edit', async () => {
    const out = await staged((repository) => void repository.git('mv', 'camera/lens.ts', 'shared/lens.ts'));
    assert.deepEqual(out.found, ['fails cover-lost shared/lens.ts:1-40 ana@helio.example']);
    assert.equal(out.result.findings[0]?.action, 'move');
    assert.match(out.result.findings[0].message, /camera\/lens\.ts becomes shared\/lens\.ts/);
    const within = await staged((repository) => void repository.git('mv', 'camera/lens.ts', 'camera/glass.ts'));
    assert.deepEqual(within.found, ['fails change camera/glass.ts:1-40 ana@helio.example']);
  });

  it('finds covered lines in other files, word for word or with other names, and tells where they come from', async () => {
    const lines = CAMERA.split('\n').slice(4, 30);
    const renamed = lines.join('\n').replace(/\b(const|let) (\w+)/g, '$1 my$2');
    for (const text of [lines.join('\n'), renamed]) {
      const { code, result } = await staged((repository) =>
        repository.write('fusion/mine.ts', `export const first = 1;\n${text}\n`),
      );
      assert.equal(code, 1);
      assert.deepEqual(
        result.findings.map(({ kind, path, action }) => `${kind} ${action} ${path}`),
        ['copy copy fusion/mine.ts'],
      );
      const [finding] = result.findings;
      assert.equal(finding?.source?.path, 'camera/lens.ts');
      assert.equal(finding.source.asset, 'camera');
      assert.deepEqual(finding.decision.assets, ['camera']);
    }
  });

  it('finds copies of what is committed now, whatever commit the stored index was made of', async () => {
    const copied = (from: string): string => from.split('\n').slice(4, 30).join('\n');
    const other = codeOf('orchestrator/src/dispatcher.ts', 110);
    await inRepository(BASE, async (repository) => {
      const copiesIn = async (text: string): Promise<string[]> => {
        repository.write('fusion/mine.ts', `export const first = 1;\n${text}\n`);
        repository.git('add', '-A');
        const { result } = await check(repository, '--staged');
        repository.git('rm', '-q', '-f', 'fusion/mine.ts');
        return result.findings.map(({ kind, source }) => `${kind} ${source?.path ?? ''}`);
      };
      const start = repository.commit('Start');
      assert.deepEqual(await copiesIn(copied(CAMERA)), ['copy camera/lens.ts']);
      assert.deepEqual(await copiesIn(copied(other)), []);
      // A commit later the stored index is brought up to date.
      repository.write('camera/other.ts', other);
      repository.commit('More');
      assert.deepEqual(await copiesIn(copied(other)), ['copy camera/other.ts']);
      // A commit that git has forgotten cannot be compared with.
      repository.git('reset', '-q', '--hard', start);
      repository.git('commit', '-q', '--amend', '--no-verify', '--date', '2026-01-01T00:00:00Z', '-m', 'Anew');
      repository.git('reflog', 'expire', '--expire=now', '--all');
      repository.git('gc', '-q', '--prune=now');
      assert.deepEqual(await copiesIn(copied(CAMERA)), ['copy camera/lens.ts']);
      assert.deepEqual(await copiesIn(copied(other)), []);
    });
  });

  it('calls it a move where the lines were cut', async () => {
    const lines = CAMERA.split('\n');
    const { result } = await staged((repository) => {
      repository.write('camera/lens.ts', lines.toSpliced(4, 26).join('\n'));
      repository.write('fusion/mine.ts', lines.slice(4, 30).join('\n'));
    });
    assert.deepEqual(
      result.findings.map(({ kind, path }) => `${kind} ${path}`),
      ['change camera/lens.ts', 'move fusion/mine.ts'],
    );
  });

  it('does not tell a copy again that stood there before', async () => {
    await inRepository(BASE, async (repository) => {
      repository.commit('Start', 'nia@north.example');
      repository.write('fusion/mine.ts', CAMERA);
      repository.commit('Copied long ago');
      repository.write('fusion/mine.ts', `${CAMERA}\nexport const more = 1;\n`);
      repository.git('add', '-A');
      assert.deepEqual((await check(repository, '--staged')).result.findings, []);
    });
  });

  it('tells an import of covered code on a changed line, and none of what is published', async () => {
    const { code, found, result } = await staged((repository) =>
      repository.write(
        'fusion/main.ts',
        `${BASE['fusion/main.ts']}import { lens } from '../camera/lens.js';\nimport { api as again } from '../camera/api/public.js';\n`,
      ),
    );
    assert.deepEqual({ code, found }, { code: 1, found: ['fails import fusion/main.ts:3-3 ana@helio.example'] });
    assert.deepEqual(result.findings[0]?.source, { asset: 'camera', path: 'camera/lens.ts' });
  });

  it('judges by the terms of the last commit, so that a change cannot permit itself', async () => {
    const { code, result } = await staged(
      (repository) => {
        repository.write('developer-terms.yaml', replaced(POLICY, 'actions: [view]}', 'actions: [view, edit]}'));
        repository.write('camera/lens.ts', `${CAMERA}\nexport {};\n`);
      },
      '--reason',
      'Because.',
    );
    assert.equal(code, 1);
    assert.deepEqual(
      result.findings.map(({ kind, path, outcome }) => `${outcome} ${kind} ${path}`),
      [
        'fails change camera/lens.ts',
        'justified change developer-terms.yaml',
        'justified policy-loosened developer-terms.yaml',
      ],
    );
    assert.equal(result.policyChanges[0]?.sentence, "'actions' of the grant 'reading' has edit in addition.");
    assert.equal(result.policyChanges[0].direction, 'loosens');
  });

  it('lets nobody but the owners loosen terms that no asset covers', async () => {
    const bare = POLICY.replace(/ {2}- \{id: terms, .*\n/, '').replace(/ {2}- \{id: terms-change.*\n/, '');
    await inRepository({ ...BASE, 'developer-terms.yaml': bare }, async (repository) => {
      repository.commit('Start', 'nia@north.example');
      repository.write('developer-terms.yaml', replaced(bare, 'actions: [view]}', 'actions: [view, edit]}'));
      repository.git('add', '-A');
      const mine = await check(repository, '--staged');
      assert.deepEqual(
        [mine.code, mine.result.findings.map(brief)],
        [1, ['fails policy-loosened developer-terms.yaml:14-14 ana@helio.example']],
      );
      const theirs = await check(repository, '--staged', '--who', 'nia@north.example');
      assert.deepEqual(
        [theirs.code, theirs.result.findings.map(brief)],
        [0, ['warned policy-loosened developer-terms.yaml:14-14 nia@north.example']],
      );
    });
  });

  it('refuses terms that cannot be read any more, and terms that are gone', async () => {
    const broken = await staged(
      (repository) => repository.write('developer-terms.yaml', 'version: 1\nnonsense\n'),
      '--reason',
      'So.',
    );
    assert.equal(broken.code, 1);
    assert.ok(broken.found.some((line) => line.startsWith('fails policy-problem developer-terms.yaml:')));
    const gone = await staged((repository) => rmSync(join(repository.root, 'developer-terms.yaml')));
    assert.equal(gone.code, 1);
    assert.ok(gone.found.some((line) => line.startsWith('fails policy-loosened developer-terms.yaml:')));
  });

  it('judges the first terms of a repository by themselves, and says so', async () => {
    await inRepository(BASE, async (repository) => {
      const { code, result } = await check(repository, '--staged', '--who', 'nia@north.example', '--reason', 'Signed.');
      assert.equal(result.notes[0]?.code, 'first-policy');
      // Helio's own file, and the terms of both, which need a reason.
      assert.deepEqual(
        [code, result.findings.map(brief)],
        [
          1,
          [
            'justified change developer-terms.yaml:1-18 nia@north.example',
            'fails change fusion/main.ts:1-2 nia@north.example',
          ],
        ],
      );
    });
  });

  it('tells a waiver that lifted the rule', async () => {
    const waived =
      `${POLICY}waivers: [{id: w-1, lifts: [no-copy], to: ["person:ben@helio.example"], covers: [camera], actions: [copy], until: 2098-01-01, by: nora@north.example, reason: A harness., signed: 2026-01-01}]\n`.replace(
        'covers: [camera], actions: [edit], purpose: [repair]',
        'covers: [camera], actions: [copy]',
      );
    await inRepository({ ...BASE, 'developer-terms.yaml': waived }, async (repository) => {
      repository.commit('Start', 'nia@north.example');
      repository.write('fusion/mine.ts', CAMERA);
      repository.git('add', '-A');
      const { code, result } = await check(repository, '--staged', '--who', 'ben@helio.example');
      assert.deepEqual([code, result.findings.map(brief)], [0, ['waived copy fusion/mine.ts:1-30 ben@helio.example']]);
      assert.deepEqual(result.findings[0]?.decision.waived, ['w-1']);
      const { out } = await devterms(repository.root, 'check', '--staged', '--who', 'ben@helio.example');
      assert.match(out, /The waiver 'w-1' applies: nora@north\.example lifted no-copy/);
    });
  });

  it('gives a finding the same fingerprint when lines above it move, and no two findings the same', async () => {
    const copy = CAMERA.split('\n').slice(4, 30).join('\n');
    const print = async (above: string) =>
      (
        await staged((repository) => repository.write('fusion/mine.ts', `${above}export const x = 1;\n${copy}\n`))
      ).result.findings.map(({ fingerprint }) => fingerprint);
    const before = await print('');
    assert.deepEqual(await print('// a\n// b\n// c\n'), before);
    const twice = await staged((repository) => {
      repository.write(
        'shared/tuned.ts',
        BASE['shared/tuned.ts'].replace('gain = 4', 'gain = 5').replace('bias = 7;', 'bias = 8;\nexport const c = 9;'),
      );
      repository.write('camera/lens.ts', `const top = 1;\n${CAMERA}\nconst top = 2;\n`);
    });
    const prints = twice.result.findings.map(({ fingerprint }) => fingerprint);
    assert.equal(new Set(prints).size, prints.length);
  });

  it('judges a link by its own path and by where it leads', async () => {
    const { found } = await staged((repository) => {
      symlinkSync('../camera/lens.ts', join(repository.root, 'shared/link.ts'));
    });
    assert.deepEqual(found, ['fails change shared/link.ts:1-1 ana@helio.example']);
  });

  it('judges binary files, Git LFS pointers and submodules by their paths, and says what it did not look into', async () => {
    const { found, result } = await staged((repository) => {
      repository.write('camera/weights.bin', Uint8Array.from([0, 1, 2, 0]));
      repository.write('camera/big.onnx', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n');
      repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},camera/sub`);
      mkdirSync(join(repository.root, 'camera/sub'), { recursive: true });
    });
    assert.deepEqual(found, [
      'fails change camera/big.onnx:1-1 ana@helio.example',
      'fails change camera/sub:1-1 ana@helio.example',
      'fails change camera/weights.bin:1-1 ana@helio.example',
    ]);
    assert.deepEqual(result.notes.map(({ code, path }) => `${code} ${path}`).sort(), [
      'lfs-pointer camera/big.onnx',
      'submodule camera/sub',
    ]);
  });

  it('judges only what was resolved where a merge is being made', async () => {
    await inRepository(BASE, async (repository) => {
      repository.commit('Start', 'nia@north.example');
      repository.git('checkout', '-q', '-b', 'feature');
      repository.write('README.md', 'Mine.\n');
      repository.commit('Mine');
      repository.git('checkout', '-q', 'main');
      repository.write('README.md', 'Theirs.\n');
      repository.write('camera/lens.ts', `${CAMERA}\nexport const theirs = 1;\n`);
      repository.commit('Theirs', 'nia@north.example');
      repository.git('checkout', '-q', 'feature');
      assert.throws(() => repository.git('merge', '-q', 'main'));
      repository.write('README.md', 'Both.\n');
      repository.git('add', '-A');
      assert.deepEqual((await check(repository, '--staged')).result.findings, []);
      repository.write('camera/lens.ts', `const evil = 1;\n${CAMERA}\nexport const theirs = 1;\n`);
      repository.git('add', '-A');
      assert.deepEqual((await check(repository, '--staged')).result.findings.map(brief), [
        'fails change camera/lens.ts:1-1 ana@helio.example',
      ]);
      repository.write('camera/lens.ts', CAMERA);
      repository.git('add', '-A');
      const dropped = (await check(repository, '--staged')).result;
      assert.deepEqual(dropped.findings.map(brief), ['fails change camera/lens.ts:40-40 ana@helio.example']);
      assert.equal(dropped.summary.files, 2);
    });
  });

  it('looks only at the paths that are given', async () => {
    const change = (repository: GitRepository) => {
      repository.write('camera/lens.ts', 'const gone = 1;\n');
      repository.write('camera/other.ts', 'const gone = 1;\n');
    };
    assert.deepEqual((await staged(change, 'camera/other.ts')).found, [
      'fails change camera/other.ts:1-1 ana@helio.example',
    ]);
    assert.deepEqual((await staged(change, 'fusion')).found, []);
  });

  it('copes with names that hold spaces, quotes, line breaks, a leading dash, or no UTF-8', async () => {
    const names = [
      'camera/a b.ts',
      'camera/"q".ts',
      "camera/it's.ts",
      'camera/line\nbreak.ts',
      'camera/-dash.ts',
      'camera/ü.ts',
    ];
    const { code, result } = await staged((repository) => {
      for (const name of names) repository.write(name, 'const a = 1;\n');
      writeFileSync(
        Buffer.concat([Buffer.from(join(repository.root, 'camera/bad-')), Buffer.from([0xff, 0xfe])]),
        'const a = 1;\n',
      );
    });
    assert.equal(code, 1);
    assert.deepEqual(result.findings.map(({ path }) => path).sort(), [...names, 'camera/bad-\uFFFD\uFFFD'].sort());
    assert.deepEqual(
      result.notes.map(({ code: note }) => note),
      ['not-unicode'],
    );
  });

  it('prints no line of any code', async () => {
    const secret = 'const secretCalibrationValue = 814.7;';
    await inRepository({ ...BASE, 'camera/lens.ts': `${secret}\n${CAMERA}` }, async (repository) => {
      repository.commit('Start', 'nia@north.example');
      repository.write('camera/lens.ts', CAMERA);
      repository.write('fusion/mine.ts', `${secret}\n${CAMERA}`);
      repository.git('add', '-A');
      for (const format of ['text', 'json']) {
        const { out, err } = await devterms(repository.root, 'check', '--staged', '--format', format);
        assert.doesNotMatch(out + err, /secretCalibration|814\.7/);
      }
    });
  });
});

/** The text of a file of this repository. */
const textIn = (repository: GitRepository, path: string): string => readFileSync(join(repository.root, path), 'utf8');

describe('devterms check --since', function () {
  this.timeout(60_000);

  it('judges each commit for its own author, purpose and reason', async () => {
    await inRepository(BASE, async (repository) => {
      const base = repository.commit('Start', 'nia@north.example');
      repository.write('camera/lens.ts', `${CAMERA}\nexport const one = 1;\n`);
      repository.commit('By the owner', 'nia@north.example');
      repository.write('camera/lens.ts', `${CAMERA}\nexport const one = 1;\nexport const two = 2;\n`);
      repository.commit('Repair\n\nTerms-Purpose: repair', 'ben@helio.example');
      repository.write('terms/note.md', 'A note.\n');
      repository.commit('Note\n\nTerms-Reason: Agreed on Monday.');
      repository.write(
        'camera/lens.ts',
        `${CAMERA}\nexport const one = 1;\nexport const two = 2;\nexport const three = 3;\n`,
      );
      const last = repository.commit('By somebody else');
      const { code, result } = await check(repository, '--since', base);
      assert.equal(code, 1);
      assert.deepEqual(result.findings.map(brief), [
        'fails change camera/lens.ts:44-44 ana@helio.example',
        'justified change terms/note.md:1-1 ana@helio.example',
      ]);
      assert.deepEqual(result.findings[0]?.in, { commit: last, subject: 'By somebody else' });
      assert.equal(result.summary.commits, 4);
      assert.equal((await check(repository, '--since', base, '--who', 'nia@north.example')).result.summary.fails, 0);
    });
  });

  it('starts where the branch parted, whatever happened on the other side since', async () => {
    await inRepository(BASE, async (repository) => {
      repository.commit('Start', 'nia@north.example');
      repository.git('checkout', '-q', '-b', 'feature');
      repository.write('README.md', 'Mine.\n');
      repository.commit('Mine');
      repository.git('checkout', '-q', 'main');
      repository.write('camera/lens.ts', `${CAMERA}\nexport const theirs = 1;\n`);
      repository.commit('Theirs', 'nia@north.example');
      repository.git('checkout', '-q', 'feature');
      assert.deepEqual((await check(repository, '--since', 'main')).result.summary.commits, 1);
      repository.git('merge', '-q', '--no-edit', 'main');
      const { code, result } = await check(repository, '--since', 'main');
      assert.deepEqual([code, result.findings, result.summary.commits], [0, [], 2]);
    });
  });

  it('sees what a merge itself changes', async () => {
    await inRepository(BASE, async (repository) => {
      repository.commit('Start', 'nia@north.example');
      repository.git('checkout', '-q', '-b', 'feature');
      repository.write('README.md', 'Mine.\n');
      repository.commit('Mine');
      repository.git('checkout', '-q', 'main');
      repository.write('camera/lens.ts', `${CAMERA}\nexport const theirs = 1;\n`);
      repository.commit('Theirs', 'nia@north.example');
      repository.git('checkout', '-q', 'feature');
      repository.git('merge', '-q', '--no-commit', 'main');
      repository.write('camera/lens.ts', `const evil = 1;\n${CAMERA}\nexport const theirs = 1;\n`);
      repository.commit('Merge main');
      const { code, result } = await check(repository, '--since', 'main');
      assert.deepEqual([code, result.findings.map(brief)], [1, ['fails change camera/lens.ts:1-1 ana@helio.example']]);
    });
  });

  it('does not hold against anybody what a later commit took back, and says that the history has it', async () => {
    await inRepository(BASE, async (repository) => {
      const base = repository.commit('Start', 'nia@north.example');
      repository.write('fusion/mine.ts', CAMERA);
      repository.commit('Copy');
      repository.write('fusion/mine.ts', 'export const own = 1;\n');
      repository.commit('Write it anew');
      const { code, result } = await check(repository, '--since', base);
      assert.deepEqual([code, result.findings], [0, []]);
      assert.deepEqual(
        result.notes.map(({ code: note, path }) => `${note} ${path}`),
        ['undone fusion/mine.ts'],
      );
    });
  });

  it('shows findings where their lines are at the end, and says so in words, with the fingerprint of the place', async () => {
    await inRepository(BASE, async (repository) => {
      const base = repository.commit('Start', 'nia@north.example');
      repository.write('fusion/mine.ts', CAMERA);
      repository.write('camera/lens.ts', `${CAMERA}export const one = 1;\n`);
      repository.write('fusion/uses.ts', "import { lens } from '../camera/lens.js';\n");
      repository.write('shared/new.ts', '// one\n// TERMS-END\n');
      repository.commit('Much at once');
      const early = await check(repository, '--since', base);
      for (const path of ['fusion/mine.ts', 'fusion/uses.ts', 'shared/new.ts'])
        repository.write(path, `// a\n// b\n${textIn(repository, path)}`);
      repository.write('camera/lens.ts', `// c\n${CAMERA}export const one = 1;\n`);
      repository.commit('Move the lines', 'nia@north.example');
      const { result } = await check(repository, '--since', base, '--who', 'ana@helio.example');
      const places = (found: CheckResult) =>
        found.findings
          .filter(({ in: from }) => from?.subject === 'Much at once')
          .map(({ kind, path, range: { start, end } }) => `${kind} ${path}:${start.line}-${end.line}:${end.column}`);
      const moved = (lines: number) => (place: string) =>
        place.replace(/:(\d+)-(\d+)/, (_, from, to) => `:${Number(from) + lines}-${Number(to) + lines}`);
      const [lens, ...others] = places(early.result);
      assert.ok(lens !== undefined && others.length === 3, String(others));
      assert.deepEqual(places(result), [moved(1)(lens), ...others.map(moved(2))]);
      const said = result.findings.filter(({ in: from }) => from?.subject === 'Much at once');
      assert.match(said[0]?.message ?? '', /^Line 42 was added/);
      assert.match(said[1]?.message ?? '', /^Lines 3–\d+ repeat lines \d+–\d+ of camera\/lens\.ts/);
      assert.deepEqual(
        said.map(({ fingerprint }) => fingerprint),
        early.result.findings.map(({ fingerprint }) => fingerprint),
      );
    });
  });

  it('shows lines that were taken out, or rewritten later, at the line that follows them', async () => {
    await inRepository(BASE, async (repository) => {
      const base = repository.commit('Start', 'nia@north.example');
      const lines = CAMERA.split('\n');
      repository.write('camera/lens.ts', lines.toSpliced(9, 3, 'const odd = 1;').join('\n'));
      repository.commit('Change');
      repository.write('camera/lens.ts', ['// top', ...lines.toSpliced(9, 3, 'const even = 2;')].join('\n'));
      repository.commit('Put it right', 'nia@north.example');
      const { result } = await check(repository, '--since', base);
      assert.deepEqual(result.findings.map(brief), ['fails change camera/lens.ts:12-12 ana@helio.example']);
      assert.deepEqual(result.findings[0]?.before, { path: 'camera/lens.ts', lines: { start: 10, end: 12 } });
    });
  });

  /** Two branches: on main the owner changes the camera, on feature somebody else is about to merge that. */
  const parted = (body: (repository: GitRepository) => Promise<void>): Promise<void> =>
    inRepository(BASE, async (repository) => {
      repository.commit('Start', 'nia@north.example');
      repository.git('checkout', '-q', '-b', 'feature');
      repository.write('README.md', 'Mine.\n');
      repository.commit('Mine');
      repository.git('checkout', '-q', 'main');
      repository.write('camera/lens.ts', `const theirs = 1;\n${CAMERA}`);
      repository.write('camera/new.ts', 'export const fresh = 1;\n');
      repository.git('rm', '-q', 'camera/api/public.ts');
      repository.commit('Theirs', 'nia@north.example');
      repository.git('checkout', '-q', 'feature');
      await body(repository);
    });
  const DROPPED = [
    'fails change camera/lens.ts:1-1 ana@helio.example',
    'fails change camera/new.ts:1-1 ana@helio.example',
  ];

  it('sees what a merge drops of the other side, as `-s ours` does', async () => {
    await parted(async (repository) => {
      repository.git('merge', '-q', '-s', 'ours', '--no-edit', 'main');
      const merge = repository.git('rev-parse', 'HEAD').trim();
      const { code, result } = await check(repository, '--since', 'main', '--who', 'ana@helio.example');
      assert.deepEqual([code, result.findings.map(brief)], [1, DROPPED]);
      assert.ok(result.findings.every(({ in: from }) => from?.commit === merge));
      assert.match(result.findings[0]?.message ?? '', /^Line 1 of camera\/lens\.ts was taken out: camera of North/);
      assert.equal((await check(repository, '--since', 'main', '--who', 'nia@north.example')).code, 0);
    });
  });

  it('sees what a merge drops of one file, or of one place of it', async () => {
    await parted(async (repository) => {
      repository.git('merge', '-q', '--no-commit', 'main');
      repository.git('checkout', 'feature', '--', 'camera/lens.ts');
      repository.commit('Merge main');
      const one = await check(repository, '--since', 'main', '--who', 'ana@helio.example');
      assert.deepEqual(one.result.findings.map(brief), DROPPED.slice(0, 1));
    });
    await inRepository(BASE, async (repository) => {
      const lines = CAMERA.split('\n');
      repository.commit('Start', 'nia@north.example');
      repository.git('checkout', '-q', '-b', 'feature');
      repository.write('camera/lens.ts', lines.toSpliced(30, 0, 'const mine = 1;').join('\n'));
      repository.commit('Mine', 'nia@north.example');
      repository.git('checkout', '-q', 'main');
      const theirs = lines.toSpliced(20, 0, 'const kept = 1;');
      repository.write('camera/lens.ts', theirs.toSpliced(5, 0, 'const lost = 1;').join('\n'));
      repository.commit('Theirs', 'nia@north.example');
      repository.git('checkout', '-q', 'feature');
      repository.git('merge', '-q', '--no-commit', 'main');
      repository.write('camera/lens.ts', theirs.toSpliced(31, 0, 'const mine = 1;').join('\n'));
      repository.commit('Merge main');
      const { result } = await check(repository, '--since', 'main');
      assert.deepEqual(result.findings.map(brief), ['fails change camera/lens.ts:6-6 ana@helio.example']);
    });
  });

  it('sees terms that a merge takes back to what they were', async () => {
    await inRepository(BASE, async (repository) => {
      repository.commit('Start', 'nia@north.example');
      repository.git('checkout', '-q', '-b', 'feature');
      repository.commit('Mine');
      repository.git('checkout', '-q', 'main');
      repository.write(
        'developer-terms.yaml',
        replaced(POLICY, 'actions: [copy, move], effect', 'actions: [copy, move, export], effect'),
      );
      repository.commit('Tighter\n\nTerms-Reason: Agreed.', 'nia@north.example');
      repository.git('checkout', '-q', 'feature');
      repository.git('merge', '-q', '-s', 'ours', '--no-edit', 'main');
      const { code, result } = await check(repository, '--since', 'main');
      assert.equal(code, 1);
      assert.ok(result.findings.some(({ kind, outcome }) => kind === 'policy-loosened' && outcome === 'fails'));
    });
  });

  it('holds nothing against a merge that takes all from both sides, however often it is done', async () => {
    await inRepository(BASE, async (repository) => {
      const lines = CAMERA.split('\n');
      repository.commit('Start', 'nia@north.example');
      repository.git('branch', 'feature');
      for (const round of [1, 2]) {
        repository.git('checkout', '-q', 'main');
        lines.splice(3 * round, 1, `const main${round} = 1;`, '}', '{');
        repository.write('camera/lens.ts', lines.join('\n'));
        repository.commit('Main', 'nia@north.example');
        repository.git('checkout', '-q', 'feature');
        const own = repository.git('show', 'feature:camera/lens.ts').split('\n');
        repository.write('camera/lens.ts', own.toSpliced(30 + round, 2, `const own${round} = 1;`, '{', '}').join('\n'));
        repository.commit('Feature', 'nia@north.example');
        repository.git('merge', '-q', '--no-edit', 'main');
      }
      const { code, result } = await check(repository, '--since', 'main');
      assert.deepEqual([code, result.findings], [0, []]);
    });
  });

  it('says nothing of terms that were changed where it is asked about other files', async () => {
    await inRepository(BASE, async (repository) => {
      const base = repository.commit('Start', 'nia@north.example');
      repository.write('developer-terms.yaml', replaced(POLICY, 'actions: [view]}', 'actions: [view, edit]}'));
      repository.write('camera/lens.ts', `${CAMERA}export const one = 1;\n`);
      repository.git('add', '-A');
      const kinds = async (...args: string[]) => {
        const { result } = await check(repository, ...args);
        assert.deepEqual(result.notes, []);
        return result.findings.map(({ kind }) => kind);
      };
      assert.deepEqual(await kinds('--staged', 'camera'), ['change']);
      assert.deepEqual(await kinds('--staged', 'developer-terms.yaml'), ['change', 'policy-loosened']);
      repository.commit('Loosen');
      assert.deepEqual(await kinds('--since', base, 'camera'), ['change']);
      assert.deepEqual(await kinds('--since', base, 'developer-terms.yaml'), ['change', 'policy-loosened']);
    });
  });

  it('follows a file that is renamed later', async () => {
    await inRepository(BASE, async (repository) => {
      const base = repository.commit('Start', 'nia@north.example');
      repository.write('fusion/mine.ts', CAMERA);
      repository.commit('Copy');
      repository.git('mv', 'fusion/mine.ts', 'fusion/yours.ts');
      repository.commit('Rename');
      const { code, result } = await check(repository, '--since', base);
      assert.equal(code, 1);
      assert.deepEqual(
        result.findings.map(({ kind, path }) => `${kind} ${path}`),
        ['copy fusion/yours.ts'],
      );
    });
  });

  it('finds a copy of code that came in within the same range', async () => {
    await inRepository(BASE, async (repository) => {
      const base = repository.commit('Start', 'nia@north.example');
      const fresh = codeOf('orchestrator/src/floor.ts', 45);
      repository.write('camera/fresh.ts', fresh);
      repository.commit('New camera code', 'nia@north.example');
      repository.write('fusion/mine.ts', fresh);
      repository.commit('Copy');
      const { result } = await check(repository, '--since', base);
      assert.deepEqual(
        result.findings.map(({ kind, path, who }) => `${kind} ${path} ${who ?? ''}`),
        ['copy fusion/mine.ts ana@helio.example'],
      );
    });
  });

  it('takes a revision of zeros for a new branch, and the whole history where there is no other', async () => {
    const zeros = '0'.repeat(40);
    await inRepository(BASE, async (repository) => {
      repository.commit('Start', 'nia@north.example');
      repository.write('camera/lens.ts', `${CAMERA}\nexport const one = 1;\n`);
      repository.commit('Edit');
      const whole = await check(repository, '--since', zeros);
      assert.equal(whole.code, 1);
      assert.deepEqual(whole.result.notes.map(({ code }) => code).sort(), [
        'before-the-terms',
        'first-policy',
        'whole-history',
      ]);
      assert.equal(whole.result.summary.commits, 1);
      repository.git('checkout', '-q', '-b', 'feature');
      repository.write('README.md', 'Mine.\n');
      repository.commit('Mine');
      const branch = await check(repository, '--since', zeros);
      assert.deepEqual([branch.code, branch.result.summary.commits], [0, 1]);
    });
  });

  it('works on a detached head', async () => {
    await inRepository(BASE, async (repository) => {
      const base = repository.commit('Start', 'nia@north.example');
      repository.write('camera/lens.ts', `${CAMERA}\nexport const one = 1;\n`);
      repository.git('checkout', '-q', '--detach');
      repository.commit('Edit');
      assert.equal((await check(repository, '--since', base)).code, 1);
    });
  });
});

describe('devterms check of the files as they are', function () {
  this.timeout(60_000);

  it('finds copies, imports and wrong markers, for nobody in particular, in git or outside it', async () => {
    await inRepository(BASE, async (repository) => {
      repository.write('fusion/mine.ts', CAMERA);
      repository.write('fusion/uses.ts', "import { lens } from '../camera/lens.js';\n");
      repository.write('shared/wrong.ts', '// TERMS-BEGIN asset=nothing\n');
      const found = async () =>
        (await check(repository)).result.findings.filter(({ kind }) => kind !== 'policy-problem').map(brief);
      const expected = [
        'fails copy fusion/mine.ts:1-30',
        'fails import fusion/uses.ts:1-1',
        'warned marker-problem shared/wrong.ts:1-1',
        'warned marker-problem shared/wrong.ts:1-1',
      ];
      assert.deepEqual(
        (await found()).filter((line) => !line.includes(' camera/')),
        expected,
      );
      rmSync(join(repository.root, '.git'), { recursive: true });
      assert.deepEqual(
        (await found()).filter((line) => !line.includes(' camera/')),
        expected,
      );
    });
  });

  it('finds nothing where the owner uses their own code', async () => {
    await inRepository(BASE, async (repository) => {
      repository.write('camera/more.ts', "import { lens } from './lens.js';\n");
      const { code, result } = await check(repository);
      assert.deepEqual([code, result.findings.filter(({ outcome }) => outcome === 'fails')], [0, []]);
    });
  });
});
