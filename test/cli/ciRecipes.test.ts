import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { GitScene, type Ran } from '../support/gitScene.js';

const REPOSITORY = join(import.meta.dirname, '../..');
const page = readFileSync(join(REPOSITORY, 'docs/ci.md'), 'utf8');
const ACTION = join(REPOSITORY, '.github/actions/check');
const ZEROS = '0'.repeat(40);

/** The first fenced block of a section. */
function block(section: string): string {
  const [, text = ''] = page.split(`\n## ${section}\n`);
  const found = /```\w+\n([^]*?)```/.exec(text)?.[1];
  assert.ok(found, section);
  return found;
}

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly script?: string;
  readonly with?: Record<string, unknown>;
}

describe('The recipes for CI', function () {
  if (process.platform === 'win32') this.pending = true;

  let scene: GitScene;
  let base: string;
  let copied: string;
  let clean: string;

  before(() => {
    scene = new GitScene();
    base = scene.git('rev-parse', 'HEAD');
    scene.git('checkout', '-qb', 'copies');
    scene.copyEnergy();
    copied = scene.commit('Plan the charge');
    scene.git('checkout', '-qb', 'clean', 'main');
    scene.write('planning/notes.md', 'Nothing of anybody else.\n');
    clean = scene.commit('Take notes');
    scene.git('update-ref', 'refs/remotes/origin/main', base);
    // npm ci needs a lock file and a registry; what it would bring is there already.
    mkdirSync(join(scene.top, 'bin'));
    writeFileSync(join(scene.top, 'bin/npm'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  });
  after(() => {
    scene.remove();
  });

  const at = (commit: string): void => void scene.git('checkout', '-q', commit);
  const sh = (script: string, environment: Record<string, string>): Ran =>
    scene.run('sh', ['-e', '-c', script], {
      PATH: `${join(scene.top, 'bin')}:${scene.environment['PATH'] ?? ''}`,
      ...environment,
    });
  const judges = (run: () => Ran): void => {
    at(copied);
    const found = run();
    assert.equal(found.code, 1, found.err + found.out);
    assert.match(found.out, /planning\/mine\.py/);
    at(clean);
    const none = run();
    assert.equal(none.code, 0, none.err + none.out);
  };

  it('of GitLab judges a merge request, a push and a new branch, and leaves a JUnit report', () => {
    const recipe = parse(block('GitLab CI')) as {
      'developer-terms': { script: string[]; variables: { GIT_DEPTH: string }; artifacts: object };
    };
    const { script, variables } = recipe['developer-terms'];
    assert.equal(variables.GIT_DEPTH, '0');
    for (const environment of [
      { CI_MERGE_REQUEST_DIFF_BASE_SHA: base, CI_COMMIT_BEFORE_SHA: ZEROS },
      { CI_COMMIT_BEFORE_SHA: base },
      { CI_COMMIT_BEFORE_SHA: ZEROS },
    ])
      judges(() => sh(script.join('\n'), environment));
    assert.match(scene.read('devterms.xml'), /^<\?xml[^]*<testsuites/);
  });

  it('of Azure judges a pull request, and what the last commit of a branch brought', () => {
    const { steps } = parse(block('Azure Pipelines')) as { steps: Step[] };
    const script = steps.flatMap((step) => step.script ?? []).join('\n');
    for (const environment of [{ SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main' }, {}])
      judges(() => sh(script, environment));
    assert.ok(existsSync(join(scene.root, 'devterms.xml')));
  });

  it('of Jenkins judges a change, what came since the last good build, and a first build', () => {
    const scripts = [...block('Jenkins').matchAll(/sh '''([^]*?)'''|sh '([^'\n]+)'/g)].map(
      ([, long, short]) => long ?? short ?? '',
    );
    assert.equal(scripts.length, 2);
    for (const environment of [{ CHANGE_TARGET: 'main' }, { GIT_PREVIOUS_SUCCESSFUL_COMMIT: base }, {}])
      judges(() => sh(scripts.join('\n'), environment));
  });

  describe('of GitHub', () => {
    interface Action {
      readonly inputs: Record<string, { default?: string; description: string }>;
      readonly runs: { steps: { env?: Record<string, string>; run?: string; shell?: string }[] };
    }
    const action = parse(readFileSync(join(ACTION, 'action.yml'), 'utf8')) as Action;
    /** Runs the action's script as GitHub would, with these inputs, for an event. */
    const act = (event: Record<string, string>, inputs: Record<string, string> = {}): Ran => {
      const [step] = action.runs.steps;
      assert.equal(step?.run, 'sh "$GITHUB_ACTION_PATH/check.sh"');
      const environment: Record<string, string> = { GITHUB_ACTION_PATH: ACTION };
      for (const [name, value] of Object.entries(step.env ?? {})) {
        const input = /inputs\.([\w-]+) \}\}$/.exec(value)?.[1];
        if (input !== undefined) environment[name] = inputs[input] ?? action.inputs[input]?.default ?? '';
        else environment[name] = event[name] ?? '';
      }
      return sh(step.run, environment);
    };

    it('names every input that the script reads, and the page every input', () => {
      const script = readFileSync(join(ACTION, 'check.sh'), 'utf8');
      const env = action.runs.steps[0]?.env ?? {};
      for (const [name] of script.matchAll(/\b(?:INPUT|EVENT)_[A-Z]+\b/g)) assert.ok(name in env, name);
      for (const name of Object.keys(action.inputs)) assert.ok(page.includes(`\`${name}\``), name);
      for (const [, input = ''] of JSON.stringify(action).matchAll(/inputs\.([\w-]+)/g))
        assert.ok(input in action.inputs, input);
    });

    it('is used by a workflow with the whole history and an install before it', () => {
      const { jobs } = parse(block('GitHub Actions')) as { jobs: Record<string, { steps: Step[] }> };
      const steps = jobs['check']?.steps ?? [];
      assert.equal(steps[0]?.with?.['fetch-depth'], 0);
      assert.deepEqual(
        steps.map(({ uses, run }) => uses ?? run),
        ['actions/checkout@v4', 'actions/setup-node@v4', 'npm ci', './.github/actions/check'],
      );
    });

    it('judges a pull request, a push, a new branch and a forced push, with annotations', () => {
      for (const event of [{ EVENT_BASE: base }, { EVENT_BEFORE: base }, { EVENT_BEFORE: ZEROS }])
        judges(() => act(event));
      at(copied);
      const lost = act({ EVENT_BEFORE: 'f'.repeat(40) });
      assert.equal(lost.code, 1, lost.err);
      assert.match(lost.out, /^::error file=planning\/mine\.py,line=\d+,endLine=\d+,title=Copy of covered code/m);
    });

    it('looks at the whole tree where there is no base, and writes SARIF where it is asked to', () => {
      at(copied);
      assert.equal(act({}, { sarif: 'devterms.sarif' }).code, 1);
      const { runs } = JSON.parse(scene.read('devterms.sarif')) as { runs: { results: unknown[] }[] };
      assert.ok((runs[0]?.results.length ?? 0) > 0);
    });

    it('judges for the address of an account, and stops for an account without one', () => {
      at(copied);
      const people = 'octocat sam.rivera@harborline.example\nhubot  ines@palisade.example\n';
      const known = act({ EVENT_BASE: base, EVENT_LOGIN: 'OctoCat' }, { people, format: 'json' });
      const { findings } = JSON.parse(known.out) as { findings: { who: string }[] };
      assert.equal(findings[0]?.who, 'sam.rivera@harborline.example');
      const unknown = act({ EVENT_BASE: base, EVENT_LOGIN: 'stranger' }, { people });
      assert.equal(unknown.code, 2);
      assert.match(unknown.out, /^::error title=Developer terms::No address is known for the account stranger/);
    });
  });
});
