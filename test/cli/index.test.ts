import assert from 'node:assert/strict';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PLAIN } from '../../src/report/paint.js';
import { linesFrom } from '../changes/partnerCode.js';

const DEMO = join(import.meta.dirname, '../../examples/cobuild');
const ENERGY = 'partners/palisade/energy/charge_curve.py';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('devterms index', () => {
  let top: string;
  let root: string;
  let cache: string | undefined;

  const write = (path: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const devterms = async (...args: string[]): Promise<Outcome> => {
    let out = '';
    let err = '';
    const { runCli } = await import('../../src/cli/runCli.js');
    const code = await runCli(['index', ...args], {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      ...{ cwd: root, paint: PLAIN },
    });
    return { code, out, err };
  };
  const place = (): string => {
    const folder = join(top, 'cache/developer-terms/index');
    return join(folder, readdirSync(folder)[0] ?? '');
  };

  before(() => {
    cache = process.env['XDG_CACHE_HOME'];
  });
  beforeEach(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'devterms-index-')));
    root = join(top, 'tree');
    cpSync(DEMO, root, { recursive: true });
    process.env['XDG_CACHE_HOME'] = join(top, 'cache');
  });
  afterEach(() => {
    if (cache === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = cache;
    rmSync(top, { recursive: true, force: true });
  });

  it('builds the index of a tree where only this person can read it, and leaves nothing half-written', async () => {
    const { code, out, err } = await devterms('build');
    assert.equal(code, 0, err);
    assert.equal(out, '');
    assert.match(err, /^Read \d+ files \([\d.]+ MB, [\d,]+ lines\) in [\d.]+ s/);
    assert.match(err, /restricted regions with [\d,]+ lines/);
    assert.equal(statSync(place()).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(dirname(place())).length, 1);
  });

  it('tells what is in it by names, places and numbers, and no line of the code', async () => {
    await devterms('build');
    const { code, out } = await devterms('inspect');
    assert.equal(code, 0);
    for (const words of [
      /^Format +1$/m,
      /^Policy +[0-9a-f]{64}$/m,
      /palisade-energy: \d+ lines in 4 regions/,
      /a line$/m,
      /docs\/copy-index\.md/,
    ])
      assert.match(out, words);
    const json = JSON.parse((await devterms('inspect', '--format', 'json')).out) as Record<string, unknown>;
    assert.equal(json['format'], 1);
    assert.ok(Number(json['lines']) > 1000 && Number(json['bytesPerLine']) > 1);
    assert.ok(!out.includes('permitted_current'));
  });

  it('finds a copied passage, names its origin and ends with 1; elsewhere with 0', async () => {
    write('planning/mine.py', `import math\n\n${linesFrom(read(ENERGY), 23, 40)}\n`);
    const { code, out } = await devterms('find', 'planning/mine.py', 'planning/waves.py');
    assert.equal(code, 1);
    assert.match(out, /planning\/mine\.py: 1 copy/);
    assert.match(
      out,
      /Lines \d+–\d+ repeat lines \d+–\d+ of partners\/palisade\/energy\/charge_curve\.py, word for word\. asset palisade-energy, /,
    );
    assert.match(out, /planning\/waves\.py: no copy/);
    assert.ok(!out.includes('permitted_current'));
    const json = JSON.parse((await devterms('find', 'planning/mine.py', '--format', 'json')).out) as {
      files: { copies: { origin: { path: string }; pairs: [number, number][] }[] }[];
    };
    assert.equal(json.files[0]?.copies[0]?.origin.path, ENERGY);
    assert.ok(json.files[0]?.copies[0]?.pairs.every(([here, there]) => there - here === 20));
    assert.equal((await devterms('find', ENERGY)).code, 0, 'restricted code is no copy of itself');
  });

  it('reads again only what changed, and forgets what is gone', async () => {
    await devterms('build');
    assert.match((await devterms('update')).err, /Nothing has changed/);
    write('planning/mine.py', `import math\n\n${linesFrom(read(ENERGY), 23, 40)}\n`);
    rmSync(join(root, 'partners/corvid/motion/planner.cpp'));
    assert.match((await devterms('update')).err, /Read 1 file .*; \d+ unchanged; 1 gone/);
    assert.equal((await devterms('find', 'planning/mine.py')).code, 1, 'its save did not make it open code');
    assert.match(
      (await devterms('inspect')).out,
      /copies were found since the index was built\n {2}planning\/mine\.py/,
    );
  });

  it('builds anew, and says so, when the index is damaged or the policy has changed', async () => {
    await devterms('build');
    const bytes = readFileSync(place());
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0xff;
    writeFileSync(place(), bytes);
    assert.equal((await devterms('inspect')).code, 2);
    const update = await devterms('update');
    assert.equal(update.code, 0);
    assert.match(update.err, /damaged\. It is built anew\.\nRead \d\d/);
    assert.equal((await devterms('inspect')).code, 0);
    write('developer-terms.yaml', `${read('developer-terms.yaml')}\n# a comment\n`);
    assert.match((await devterms('update')).err, /policy has changed.*built anew\.\nRead \d\d/);
  });

  it('skips and counts what is no text, what is too large, and links', async () => {
    write('data/picture.bin', new Uint8Array([1, 2, 0, 4]));
    write('data/large.txt', 'x'.repeat(20 * 1024 * 1024 + 1));
    assert.match((await devterms('build')).err, /skipped 1 binary, 1 over 20 MB/);
  });

  it('takes everything for restricted under a name, without a policy', async () => {
    rmSync(join(root, 'developer-terms.yaml'));
    const { code, err } = await devterms('build', '--as', 'vendor', 'partners/palisade');
    assert.equal(code, 0, err);
    const { out } = await devterms('inspect');
    assert.match(out, /none; everything counts as 'vendor'/);
    assert.match(out, /vendor: \d+ lines in \d+ regions/);
    write('mine.py', linesFrom(read(ENERGY), 23, 50));
    assert.equal((await devterms('find', 'mine.py')).code, 1);
    assert.equal((await devterms('find', ENERGY)).code, 0);
  });

  describe('export', () => {
    /** Another repository of the company, which holds none of the code. */
    const elsewhere = (): string => {
      const folder = join(top, 'other');
      mkdirSync(folder, { recursive: true });
      return folder;
    };
    const at = (name: string): string => join(top, 'other', name);
    const exported = async (...args: string[]): Promise<Outcome> => {
      elsewhere();
      return devterms('export', '--out', at('partners.dtx'), ...args);
    };
    const inOther = async (...args: string[]): Promise<Outcome> => {
      const home = root;
      root = elsewhere();
      try {
        return await devterms(...args);
      } finally {
        root = home;
      }
    };

    it('writes fingerprints without names, lines and key, and a key of its own beside them', async () => {
      await devterms('build');
      const { code, out, err } = await exported();
      assert.equal(code, 0, err);
      assert.equal(out, '');
      assert.match(err, /regions of .*palisade-energy.*without paths, lines and key/);
      assert.match(err, /partners\.dtx\.key: the key\. Send it another way/);
      const bytes = readFileSync(at('partners.dtx'));
      const key = readFileSync(at('partners.dtx.key'), 'utf8');
      assert.match(key, /^[0-9a-f]{32}\n$/);
      for (const secret of ['charge_curve', 'partners/', 'permitted_current', Buffer.from(key.trim(), 'hex')])
        assert.ok(!bytes.includes(secret));
      assert.ok(!readFileSync(place()).includes(key.trim()), 'its key does not open the index of this machine');
      assert.equal(statSync(at('partners.dtx.key')).mode & 0o777, 0o600);
    });

    it('lets a tree that never held the code be looked at, and tells asset and owner but no place', async () => {
      await exported();
      writeFileSync(join(elsewhere(), 'mine.py'), `import math\n\n${linesFrom(read(ENERGY), 23, 60)}\n`);
      writeFileSync(at('own.py'), readFileSync(import.meta.filename));
      const { code, out } = await inOther('find', 'mine.py', 'own.py', '--index', 'partners.dtx');
      assert.equal(code, 1, out);
      assert.match(out, /mine\.py: 1 copy/);
      assert.match(out, /Lines \d+–\d+ repeat code of palisade-energy of Palisade/);
      assert.match(out, /own\.py: no copy/);
      assert.ok(!out.includes('charge_curve') && !out.includes('permitted_current'));
      const json = JSON.parse(
        (await inOther('find', 'mine.py', '--index', 'partners.dtx', '--format', 'json')).out,
      ) as {
        files: { copies: { assets: string[]; owners: string[]; lines: { start: number; end: number } }[] }[];
      };
      const [copy] = json.files[0]?.copies ?? [];
      assert.deepEqual(copy?.assets, ['palisade-energy']);
      assert.ok((copy?.lines.start ?? 0) >= 2 && (copy?.lines.end ?? 99) <= 41, JSON.stringify(copy));
    });

    it('takes the key from a file, from the environment, or from beside the fingerprints', async () => {
      await exported('--key', join(top, 'k'));
      writeFileSync(join(elsewhere(), 'mine.py'), linesFrom(read(ENERGY), 23, 60));
      const find = (...args: string[]): Promise<Outcome> =>
        inOther('find', 'mine.py', '--index', 'partners.dtx', ...args);
      const without = await find();
      assert.equal(without.code, 2);
      assert.match(without.err, /can only be read with its key: --key FILE, DEVTERMS_INDEX_KEY, or partners\.dtx\.key/);
      assert.equal((await find('--key', join(top, 'k'))).code, 1);
      process.env['DEVTERMS_INDEX_KEY'] = readFileSync(join(top, 'k'), 'utf8').trim();
      try {
        assert.equal((await find()).code, 1);
        process.env['DEVTERMS_INDEX_KEY'] = 'none';
        assert.match((await find()).err, /DEVTERMS_INDEX_KEY holds no key/);
      } finally {
        delete process.env['DEVTERMS_INDEX_KEY'];
      }
    });

    it('says what is wrong with an index that is damaged, cut short, of another version, or of another key', async () => {
      await exported();
      const good = readFileSync(at('partners.dtx'));
      writeFileSync(join(elsewhere(), 'mine.py'), 'x = 1\n');
      const find = async (bytes: Uint8Array, key?: string): Promise<string> => {
        writeFileSync(at('partners.dtx'), bytes);
        if (key !== undefined) writeFileSync(at('partners.dtx.key'), key);
        const { code, out, err } = await inOther('find', 'mine.py', '--index', 'partners.dtx');
        assert.equal(code, 2);
        assert.equal(out, '');
        return err;
      };
      const flipped = Buffer.from(good);
      flipped[good.length - 9] = (flipped[good.length - 9] ?? 0) ^ 1;
      assert.match(await find(flipped), /partners\.dtx is damaged or cut short.* Ask for it again\./);
      assert.match(await find(good.subarray(0, good.length - 100)), /damaged or cut short/);
      assert.match(await find(good.subarray(0, 20)), /damaged or cut short/);
      const newer = Buffer.from(good);
      newer[4] = 9;
      assert.match(await find(newer), /another version of devterms/);
      assert.match(await find(good, '0'.repeat(32)), /not written with this key/);
      assert.match(await find(good, 'hello'), /partners\.dtx\.key is no key/);
    });

    it('holds only the assets that were asked for', async () => {
      await exported('--assets', 'palisade-energy');
      const { out } = await inOther('inspect', 'partners.dtx');
      assert.match(out, /palisade-energy of Palisade/);
      assert.ok(!out.includes('corvid'));
      assert.match((await exported('--assets', 'none')).err, /no asset 'none'\. The policy has /);
    });

    it('keeps its key when it is written again, so that who has it need not be told', async () => {
      await exported();
      const before = [readFileSync(at('partners.dtx')), readFileSync(at('partners.dtx.key'))];
      assert.match((await exported()).err, /the key that was there was used again/);
      assert.deepEqual([readFileSync(at('partners.dtx')), readFileSync(at('partners.dtx.key'))], before);
    });

    it('tells of an export whose it is, with or without its key', async () => {
      await exported();
      assert.match((await inOther('inspect', 'partners.dtx')).out, /Key +at hand; \d+ regions/);
      rmSync(at('partners.dtx.key'));
      const { code, out } = await inOther('inspect', 'partners.dtx');
      assert.equal(code, 0);
      assert.match(out, /Key +not at hand/);
    });

    it('names the owner of code that no policy is about', async () => {
      rmSync(join(root, 'developer-terms.yaml'));
      await exported('partners/palisade', '--as', 'vendor', '--owner', 'Vendor AG');
      writeFileSync(join(elsewhere(), 'mine.py'), linesFrom(read(ENERGY), 23, 60));
      const { out } = await inOther('find', 'mine.py', '--index', 'partners.dtx');
      assert.match(out, /code of vendor of Vendor AG, which another repository holds/);
    });
  });

  it('says in a sentence what is missing, and ends with 2', async () => {
    for (const [args, words] of [
      [[], /Say what to do/],
      [['bild'], /no 'index bild'/],
      [['inspect'], /no copy index at .*index build/],
      [['build', 'nowhere'], /There is no nowhere/],
      [['build', '../..'], /lies outside/],
      [['find'], /Say where to look/],
      [['find', 'nowhere.py'], /no file nowhere\.py/],
      [['export'], /--out/],
      [['inspect', '--format', 'xml'], /no format 'xml'/],
      [['build', '--out', 'developer-terms.yaml/x'], /cannot be written/],
    ] as const) {
      const { code, out, err } = await devterms(...args);
      assert.equal(code, 2, args.join(' '));
      assert.equal(out, '');
      assert.match(err, words);
    }
  });
});
