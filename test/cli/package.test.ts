import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const REPOSITORY = join(import.meta.dirname, '../..');
const SOURCES = [
  'package.json',
  '.npmignore',
  'esbuild.mjs',
  'tsconfig.json',
  'tsconfig.types.json',
  'src',
  'media',
  'docs',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
];

describe('The npm package', () => {
  let top: string;
  let tarball: string;
  let environment: NodeJS.ProcessEnv;

  const npm = (cwd: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync('npm', args, {
      cwd,
      env: environment,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    assert.equal(status, 0, `npm ${args.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  };

  before(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'devterms-package-')));
    // What npm is given by the test that runs here must not lead it back to this repository, or to a network.
    const ours = Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_'));
    environment = {
      ...Object.fromEntries(ours),
      npm_config_cache: join(top, 'cache'),
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_offline: 'true',
      npm_config_update_notifier: 'false',
    };
    const clone = join(top, 'clone');
    mkdirSync(clone);
    for (const path of SOURCES) cpSync(join(REPOSITORY, path), join(clone, path), { recursive: true });
    symlinkSync(join(REPOSITORY, 'node_modules'), join(clone, 'node_modules'), 'junction');
    npm(clone, 'pack', '--pack-destination', top);
    tarball = join(top, readdirSync(top).find((name) => name.endsWith('.tgz')) ?? '');
  });
  after(() => {
    rmSync(top, { recursive: true, force: true });
  });

  it('is built when it is packed, and installs into an empty folder without a network or anything beside it', () => {
    const folder = join(top, 'empty');
    mkdirSync(folder);
    npm(folder, 'install', '--no-audit', '--no-fund', tarball);
    const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
    assert.deepEqual(installed, ['developer-terms']);
    assert.match(npm(folder, 'exec', '--', 'devterms', '--version'), /^devterms \d+\.\d+\.\d+\n$/);
    writeFileSync(
      join(folder, 'developer-terms.yaml'),
      'version: 1\nagreement: {id: A, title: T, zone: UTC, contact: a@x.example}\nparties: [{id: own, name: Own}]\n',
    );
    const run = spawnSync('npx', ['--offline', 'devterms', 'check', '--threads', '2', '--format', 'json'], {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const { summary } = JSON.parse(run.stdout) as { summary: { fails: number } };
    assert.equal(summary.fails, 0, run.stdout);
    assert.equal(run.status, 0);
  });

  it('holds the command line, the engine with its types, the schema and the documents, and nothing else', () => {
    const folder = join(top, 'empty', 'node_modules', 'developer-terms');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      );
    const kinds = [
      /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
      /^dist\/(cli|engine|checkTree\.worker)\.js$/,
      /^dist\/cli\/(check\/)?[\w.-]+\.js$/,
      /^dist\/.*\.d\.ts$/,
      /^docs\/[\w-]+\.md$/,
      /^media\/developer-terms\.schema\.json$/,
    ];
    assert.deepEqual(
      files.filter((file) => !kinds.some((kind) => kind.test(file))),
      [],
    );
    for (const kind of kinds)
      assert.ok(
        files.some((file) => kind.test(file)),
        String(kind),
      );
  });

  it('gives the engine as a library that needs nothing of Node', () => {
    const script = `
      import { parsePolicy, createCopyIndex } from 'developer-terms';
      const index = createCopyIndex();
      console.log(typeof parsePolicy, index.stats.regions);`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: join(top, 'empty'),
      encoding: 'utf8',
    });
    assert.equal(stdout, 'function 0\n', stderr);
  });
});
