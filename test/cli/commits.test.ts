import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ENERGY, GitScene, type Ran } from '../support/gitScene.js';

/** A line of covered code, which no output may show. */
const CANARY = 'canary_of_the_charge_curve';

const isInstalled = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

describe('A commit with the hooks of devterms', function () {
  if (process.platform === 'win32') this.pending = true;

  let scene: GitScene;
  beforeEach(() => {
    scene = new GitScene();
  });
  afterEach(() => {
    scene.remove();
  });

  const commit = (message: string, ...args: string[]): Ran => {
    scene.git('add', '-A');
    return scene.run('git', ['commit', '-m', message, ...args]);
  };

  /** What every way of installing has to come to. */
  const holds = (): void => {
    scene.write('planning/notes.md', 'Nothing of anybody else.\n');
    const own = commit('Take notes');
    assert.equal(own.code, 0, own.err + own.out);

    scene.copyEnergy();
    const copied = commit('Plan the charge');
    assert.equal(copied.code, 1, copied.out);
    assert.match(copied.err + copied.out, /planning\/mine\.py[^]*repeat lines [^]*Clause 4\.1/);
    scene.git('rm', '-qf', 'planning/mine.py');

    scene.write(JUSTIFIED, `${scene.read(JUSTIFIED)}// one more line\n`);
    const without = commit('Tune the interlock');
    assert.equal(without.code, 1, without.err + without.out);
    assert.match(without.err + without.out, /Terms-Reason/);
    const reason = commit('Tune the interlock\n\nTerms-Reason: Ticket 4711 of the acceptance test');
    assert.equal(reason.code, 0, reason.err + reason.out);
  };
  /** A file whose lines Sam may change with a reason. */
  const JUSTIFIED = 'edge/src/interlock.cpp';

  it('passes, stops, and passes with a reason', () => {
    assert.equal(scene.devterms('hooks', 'install').code, 0);
    holds();
  });

  it('does the same by lefthook', function () {
    if (!isInstalled('lefthook')) this.skip();
    scene.write('lefthook.yml', 'pre-push:\n  jobs: []\n');
    scene.write('lefthook.yml', scene.devterms('hooks', 'install').out);
    scene.git('add', '-A');
    assert.equal(scene.run('lefthook', ['install']).code, 0);
    assert.equal(scene.devterms('hooks', 'status').code, 0);
    holds();
  });

  it('does the same by the pre-commit framework', function () {
    if (!isInstalled('pre-commit')) this.skip();
    scene.write('.pre-commit-config.yaml', 'repos: []\n');
    scene.write('.pre-commit-config.yaml', scene.devterms('hooks', 'install').out);
    scene.git('add', '-A');
    const types = ['--hook-type', 'pre-commit', '--hook-type', 'commit-msg'];
    assert.equal(scene.run('pre-commit', ['install', ...types]).code, 0);
    holds();
  });
});

describe('What devterms check writes', function () {
  if (process.platform === 'win32') this.pending = true;

  let scene: GitScene;
  let base: string;
  before(() => {
    scene = new GitScene();
    const covered = scene.read(ENERGY).replace('def follow', `# ${CANARY}\ndef follow`);
    scene.write(ENERGY, `${covered}\n${CANARY} = '${CANARY}'\n`);
    base = scene.commit('As it was');
    scene.copyEnergy();
    scene.write('planning/mine.py', `${scene.read('planning/mine.py')}${CANARY} = '${CANARY}'\n`);
    scene.write(ENERGY, scene.read(ENERGY).replace(CANARY, 'other'));
    scene.commit('Plan the charge');
  });
  after(() => {
    scene.remove();
  });

  it('shows no line of the code in any format, on either stream, in any report, in the baseline or an export', () => {
    const seen: string[] = [];
    for (const format of ['text', 'json', 'sarif', 'github', 'junit']) {
      for (const range of [[], ['--since', base]]) {
        const { code, out, err } = scene.devterms(
          'check',
          ...range,
          '--format',
          format,
          '--report',
          'sarif=devterms.sarif',
        );
        assert.equal(code, 1, err);
        assert.match(out, /mine\.py/, format);
        seen.push(out, err, scene.read('devterms.sarif'));
      }
    }
    const words = ['--reason', 'Being replaced', '--owner', 'ann@x.example', '--until', '2099-01-01'];
    const updated = scene.devterms('check', '--baseline', 'devterms.yaml', '--update-baseline', ...words);
    assert.equal(updated.code, 0, updated.err);
    assert.equal(scene.devterms('index', 'export', '--out', 'devterms.dtx').code, 0);
    seen.push(updated.out, updated.err, scene.read('devterms.yaml'), scene.read('devterms.dtx'));
    for (const text of seen) assert.ok(!text.includes(CANARY) && !text.includes('permitted_current'));
  });

  it('knows a finding again when its lines have moved, and the baseline with it', () => {
    const fingerprints = (): string[] => {
      const { out } = scene.devterms('check', '--format', 'sarif');
      const { runs } = JSON.parse(out) as {
        runs: { results: { ruleId: string; partialFingerprints: Record<string, string> }[] }[];
      };
      return (runs[0]?.results ?? [])
        .map(({ ruleId, partialFingerprints }) => `${ruleId} ${partialFingerprints['primaryLocationLineHash']}`)
        .sort();
    };
    const before = fingerprints();
    assert.ok(before.length > 0);
    const words = ['--reason', 'Being replaced', '--owner', 'ann@x.example', '--until', '2099-01-01'];
    scene.devterms('check', '--baseline', 'devterms.yaml', '--update-baseline', ...words);
    scene.write('planning/mine.py', `# A line\n\n\n${scene.read('planning/mine.py')}`);
    assert.deepEqual(fingerprints(), before);
    assert.equal(scene.devterms('check', '--baseline', 'devterms.yaml').code, 0);
    const later = scene.devterms('check', '--baseline', 'devterms.yaml', '--at', '2099-01-02T00:00:00Z');
    assert.equal(later.code, 1);
    assert.match(later.out, /It was known until 1 January 2099 \(ann@x\.example\): that time is over\./);
  });

  it('says of an entry that is found no more that it is, and takes it out when it is asked to', () => {
    const words = ['--reason', 'Being replaced', '--owner', 'ann@x.example', '--until', '2099-01-01'];
    scene.devterms('check', '--baseline', 'devterms.yaml', '--update-baseline', ...words);
    const copy = scene.read('planning/mine.py');
    scene.write('planning/mine.py', 'pass\n');
    const stale = scene.devterms('check', '--baseline', 'devterms.yaml');
    assert.equal(stale.code, 0);
    assert.match(
      stale.err,
      /planning\/mine\.py: devterms\.yaml lists a copy \([0-9a-f]{8}\) here that is found no more/,
    );
    const part = scene.devterms('check', 'planning', '--baseline', 'devterms.yaml');
    assert.ok(!part.err.includes('found no more'), 'a part of the tree does not tell');
    const updated = scene.devterms('check', '--baseline', 'devterms.yaml', '--update-baseline');
    assert.match(updated.err, /[1-9] taken out/);
    assert.ok(!scene.read('devterms.yaml').includes('planning/mine.py'));
    scene.write('planning/mine.py', copy);
  });

  it('lets no change bring its own excuse: a baseline counts as it was before', () => {
    scene.git('checkout', '-qfb', 'excuse', base);
    scene.copyEnergy('planning/excuse.py');
    const words = ['--reason', 'Being replaced', '--owner', 'ann@x.example', '--until', '2099-01-01'];
    scene.devterms('check', '--baseline', 'known.yaml', '--update-baseline', ...words);
    scene.git('add', '-A');
    const staged = scene.devterms('check', '--staged', '--baseline', 'known.yaml');
    assert.equal(staged.code, 1);
    assert.match(staged.err, /known\.yaml comes with this change, so what it lists counts from the next one on/);
    scene.commit('With an excuse');
    assert.equal(scene.devterms('check', '--since', base, '--baseline', 'known.yaml').code, 1);
    assert.ok(existsSync(join(scene.root, 'known.yaml')));
    scene.git('checkout', '-qf', 'main');
  });

  it('finds code of another repository by an index, in a tree and in a change, and judges nothing it cannot read', () => {
    const code = scene.read('planning/mine.py');
    const words = ['--out', '../partners.dtx', '--assets', 'palisade-energy'];
    const leaked = scene.devterms('index', 'export', ...words);
    assert.match(leaked.err, /[1-9] passages? also stands? in open code here, and (was|were) left out/);
    scene.git('rm', '-q', 'planning/mine.py');
    assert.equal(scene.devterms('index', 'export', ...words).code, 0);
    const other = new GitScene();
    try {
      other.git('rm', '-rqf', '.');
      other.write(
        'developer-terms.yaml',
        'version: 1\nagreement: {id: A, title: T, zone: UTC, contact: a@x.example}\nparties: [{id: own, name: Own}]\n',
      );
      other.write('.gitignore', 'node_modules\n');
      const start = other.commit('Another repository');
      other.write('src/plan.py', code);
      other.git('add', '-A');
      const index = ['--index', join(scene.top, 'partners.dtx')];
      for (const range of [[], ['--staged']]) {
        const { code: exit, out, err } = other.devterms('check', ...range, ...index);
        assert.equal(exit, 1, err);
        assert.match(out, /src\/plan\.py[^]*Lines \d+–\d+ repeat code of palisade-energy of Palisade/);
        assert.match(out, /may not stand in this repository[^]*Instead: Take these lines out/);
        assert.ok(!out.includes('charge_curve'));
      }
      other.commit('Plan');
      assert.equal(other.devterms('check', '--since', start, ...index).code, 1);
      assert.equal(other.devterms('check', '--since', start).code, 0);
      const missing = other.devterms('check', '--index', 'nowhere.dtx');
      assert.equal(missing.code, 2);
      assert.match(missing.err, /^devterms check: There is no nowhere\.dtx\.\n$/);
    } finally {
      other.remove();
    }
  });

  it('says in a sentence what is wrong with what it was asked, and ends with 2', () => {
    const cases: [string[], RegExp][] = [
      [['--format', 'xml'], /no format 'xml'\. Write one of text, json, sarif, github, junit/],
      [['--report', 'sarif'], /'sarif' is no report/],
      [['--report', 'pdf=x'], /no format 'pdf'/],
      [['--key', 'x'], /--key goes with --index/],
      [['--update-baseline'], /--baseline FILE/],
      [['--owner', 'x'], /go with --baseline/],
      [['--baseline', 'nowhere.yaml'], /There is no nowhere\.yaml\. To make it/],
      [['--baseline', 'k.yaml', '--update-baseline', '--staged'], /with the whole tree/],
      [['--baseline', 'k.yaml', '--update-baseline'], /--reason REASON --owner WHO --until YYYY-MM-DD/],
      [['--baseline', 'k.yaml', '--update-baseline', '--reason', 'r', '--owner', 'o', '--until', 'soon'], /no day/],
      [
        ['--baseline', 'k.yaml', '--update-baseline', '--reason', 'r', '--owner', 'o', '--until', '2020-01-01'],
        /is over already/,
      ],
      [['--baseline', 'package.json'], /package\.json:1:\d+: error/],
    ];
    for (const [args, words] of cases) {
      const { code, err } = scene.devterms('check', ...args);
      assert.equal(code, 2, args.join(' '));
      assert.match(err, words);
    }
    assert.ok(!existsSync(join(scene.root, 'k.yaml')), 'nothing was written');
  });
});
