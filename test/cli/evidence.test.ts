import assert from 'node:assert/strict';
import { csvParse } from 'd3-dsv';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceFolder } from '../../src/node/evidenceFolder.js';
import { devterms, inFolder } from '../support/commandLine.js';
import { actOf, recorderOn } from '../support/recordedActs.js';

/** The folder of the small co-build's agreement, whose id is A. */
const FOLDER = 'evidence/a-559aead0';

/** Evidence of two sessions: three refused copies, one of them with a reason and a text, and an exposure. */
async function inEvidence(body: (root: string, chain: string) => Promise<void>): Promise<void> {
  await inFolder({ 'net/a.py': 'x = 1\ny = 2\nz = 3\n' }, async (root) => {
    const store = evidenceFolder(join(root, 'evidence'));
    const one = recorderOn(store, { session: 's1' });
    one.record(actOf({ texts: ['y = 2'], reason: '=HYPERLINK("x")', into: 'tool:chat' }));
    one.record(actOf({ place: { path: 'net/"quoted", name.py' } }));
    await one.close();
    const two = recorderOn(store, { session: 's2', from: '2026-05-21T10:00:00Z' });
    two.record(actOf({ person: { address: 'ben@helio.example', source: 'git' }, action: 'view', outcome: 'exposed' }));
    two.record(actOf());
    await two.close();
    const [chain = ''] = readdirSync(join(root, FOLDER));
    await body(root, `${FOLDER}/${chain}`);
  });
}

const edit = (root: string, path: string, change: (text: string) => string): void => {
  writeFileSync(join(root, path), change(readFileSync(join(root, path), 'utf8')));
};

describe('devterms evidence', () => {
  it('verifies what the editor wrote, a folder with everything below it', () =>
    inEvidence(async (root) => {
      const { code, out, err } = await devterms(root, 'evidence', 'verify', 'evidence');
      assert.equal(err, '');
      assert.match(out, /^evidence\/a-559aead0: 3 files, 11 entries, 2026-05-20T10:00:00\.000Z to 2026-05-21T/);
      assert.match(out, /✓ consistent\n\nConsistent\. No entry was changed/);
      assert.equal(code, 0);
    }));

  it('says file, line and what is wrong, in words, and exits with 1', () =>
    inEvidence(async (root, chain) => {
      edit(root, chain, (text) => text.replace('"refused"', '"allowed"'));
      const { code, out } = await devterms(root, 'evidence', 'verify', 'evidence');
      assert.match(
        out,
        /✗ evidence-2026-05-20T\S+\.jsonl:2: Entry 2 was changed after it was written: its content no longer has the hash that it carries\. \[changed\]\n/,
      );
      assert.match(out, /Not consistent: 1 finding\.\n$/);
      assert.equal(code, 1);
    }));

  it('gives the same to programs', () =>
    inEvidence(async (root, chain) => {
      edit(root, chain, (text) => text.split('\n').toSpliced(1, 1).join('\n'));
      const { code, out } = await devterms(root, 'evidence', 'verify', 'evidence', '--format', 'json');
      const report = JSON.parse(out) as {
        consistent: boolean;
        folders: { findings: { code: string; line: number }[] }[];
      };
      assert.equal(report.consistent, false);
      assert.deepEqual(
        report.folders[0]?.findings.map(({ code, line }) => [code, line]),
        [['missing', 2]],
      );
      assert.equal(code, 1);
    }));

  it('notices that a file of a folder is missing; of single files it says only what was not given', () =>
    inEvidence(async (root, chain) => {
      const [, exposures = ''] = readdirSync(join(root, FOLDER)).filter((name) => name.startsWith('e'));
      rmSync(join(root, chain));
      const whole = await devterms(root, 'evidence', 'verify', 'evidence');
      assert.equal(whole.code, 1);
      assert.match(whole.out, /is not there\. \S+ says that it was, and that it had got to entry 4\. \[missing-file\]/);
      const single = await devterms(root, 'evidence', 'verify', `${FOLDER}/${exposures}`);
      assert.match(single.out, /is not among the files given\. \[not-given\]/);
      assert.equal(single.code, 0);
    }));

  it('prints heads to deposit, and finds them again later, unless chains were written anew', () =>
    inEvidence(async (root, chain) => {
      const { out, code } = await devterms(root, 'evidence', 'head', 'evidence');
      assert.equal(code, 0);
      const heads = out.split('\n').slice(0, -1);
      assert.ok(heads.every((line) => /^[0-9a-f]{64} {2}e\S+\.jsonl {2}entry \d+ {2}2026-05-2\dT/.test(line)));
      const anchors = heads.map((line) => line.slice(0, 64)).join(',');
      const found = await devterms(root, 'evidence', 'verify', 'evidence', '--anchor', anchors.toUpperCase());
      assert.equal(found.code, 0);
      assert.match(
        found.out,
        /which was deposited: it, and everything that leads up to it, is as it was then\. \[anchored\]/,
      );
      const lost = await devterms(root, 'evidence', 'verify', 'evidence', '--anchor', 'ab'.repeat(32));
      assert.equal(lost.code, 1);
      assert.match(lost.out, /✗ No entry has the hash (ab){32}, which was deposited\./);
      edit(root, chain, (text) => text.replace('"refused"', '"allowed"'));
      const worthless = await devterms(root, 'evidence', 'head', 'evidence');
      assert.deepEqual([worthless.code, worthless.out], [1, '']);
      assert.match(worthless.err, /not consistent/);
    }));

  it('exports a table that a spreadsheet reads as it is: quoted, without formulas, lines in two columns', () =>
    inEvidence(async (root) => {
      const { out, err, code } = await devterms(root, 'evidence', 'export', 'evidence', '--format', 'csv');
      assert.equal(code, 0);
      assert.equal(err, '5 entries.\n');
      assert.ok(
        out
          .split('\r\n')
          .slice(0, -1)
          .every((row) => row.startsWith('"') && row.endsWith('"')),
      );
      const rows = csvParse(out);
      assert.deepEqual(
        rows.map((row) => [row['Person'], row['Action'], row['What happened'], row['First line'], row['Last line']]),
        [
          ['ana@helio.example', 'copy', 'refused', '12', '40'],
          ['ana@helio.example', 'copy', 'refused', '', ''],
          ['ben@helio.example', 'view', 'exposed', '12', '40'],
          ['ana@helio.example', 'copy', 'refused', '12', '40'],
          ['ben@helio.example', 'view', 'exposed', '', ''],
        ],
      );
      assert.equal(rows[0]?.['Reason given'], `'=HYPERLINK("x")`);
      assert.equal(rows[0]?.['Clauses'], 'clause 6.10');
      assert.equal(rows[0]?.['Agreement'], 'A');
      assert.equal(rows[1]?.['File'], 'net/"quoted", name.py');
      assert.equal(out.startsWith('\uFEFF'), false);
      const marked = await devterms(root, 'evidence', 'export', 'evidence', '--format', 'csv', '--bom');
      assert.equal(marked.out, `\uFEFF${out}`);
    }));

  it('exports JSON with the place of every entry', () =>
    inEvidence(async (root, chain) => {
      const { out } = await devterms(root, 'evidence', 'export', chain, '--format', 'json');
      const { entries, consistent } = JSON.parse(out) as { entries: Record<string, unknown>[]; consistent: boolean };
      assert.equal(consistent, true);
      assert.deepEqual(
        entries.map(({ file, line, sequence, path }) => [`${FOLDER}/${String(file)}`, line, sequence, path]),
        [
          [chain, 2, 2, 'net/a.py'],
          [chain, 3, 3, 'net/"quoted", name.py'],
        ],
      );
    }));

  it('exports only whom, what and when is asked for; a day counts to its end', () =>
    inEvidence(async (root) => {
      const count = async (...options: string[]) =>
        (await devterms(root, 'evidence', 'export', 'evidence', '--format', 'csv', ...options)).err;
      assert.equal(await count('--person', 'BEN@helio.example'), '2 entries.\n');
      assert.equal(await count('--asset', 'net'), '5 entries.\n');
      assert.equal(await count('--asset', 'weights'), '0 entries.\n');
      assert.equal(await count('--until', '2026-05-20'), '2 entries.\n');
      assert.equal(await count('--from', '2026-05-21', '--person', 'ana@helio.example'), '1 entry.\n');
    }));

  it('says of an export that what it was made of is not consistent', () =>
    inEvidence(async (root, chain) => {
      edit(root, chain, (text) => text.replace('"refused"', '"allowed"'));
      const { code, out, err } = await devterms(root, 'evidence', 'export', 'evidence', '--format', 'json');
      assert.equal(code, 1);
      assert.equal((JSON.parse(out) as { consistent: boolean }).consistent, false);
      assert.match(err, /The evidence is not consistent/);
    }));

  it('shows that a text is the one that was recorded, to whoever has the secret', () =>
    inEvidence(async (root, chain) => {
      const [key = ''] = readdirSync(join(root, 'evidence/keys'));
      const { out, err } = await devterms(
        root,
        'evidence',
        'hash',
        'net/a.py',
        '--lines',
        '2',
        '--key',
        `evidence/keys/${key}`,
      );
      assert.ok(readFileSync(join(root, chain), 'utf8').includes(`"content":["${out.trim()}"]`));
      const name = /secret ([0-9a-f]{16})/.exec(err)?.[1] ?? 'none';
      assert.ok(readFileSync(join(root, chain), 'utf8').includes(`"key":"${name}"`));
    }));

  it('says what it cannot do, and exits with 2', () =>
    inEvidence(async (root) => {
      mkdirSync(join(root, 'empty'));
      const failures: [string[], RegExp][] = [
        [[], /Say what to do: verify, head, export or hash\./],
        [['prove'], /There is no 'evidence prove'/],
        [['verify'], /Say where the evidence is/],
        [['verify', 'nowhere'], /There is no nowhere\./],
        [['verify', 'empty'], /There is no evidence in empty\./],
        [['verify', 'evidence', '--anchor', '123'], /'123' is no hash/],
        [['verify', 'evidence', '--format', 'csv'], /There is no format 'csv'/],
        [['export', 'evidence'], /Say what to write/],
        [['export', 'evidence', '--format', 'csv', '--from', 'soon'], /'soon' is no moment/],
        [['hash', 'net/a.py'], /Say under which secret/],
        [['hash', 'net/a.py', '--key', 'net/a.py'], /net\/a\.py holds no secret/],
      ];
      for (const [args, message] of failures) {
        const { code, out, err } = await devterms(root, 'evidence', ...args);
        assert.match(err, message);
        assert.deepEqual([code, out], [2, '']);
      }
    }));

  it('follows no links in a folder and says so', function () {
    if (process.platform === 'win32') return this.skip();
    return inEvidence(async (root, chain) => {
      copyFileSync(join(root, chain), join(root, 'outside.jsonl'));
      symlinkSync(join(root, 'outside.jsonl'), join(root, FOLDER, 'link.jsonl'));
      const { out, code } = await devterms(root, 'evidence', 'verify', 'evidence');
      assert.match(out, /link\.jsonl: This is a link\. It was not followed\. \[link\]/);
      assert.equal(code, 0);
    });
  });

  it('can be searched with any text tool: fields have the names of the agreement', () =>
    inEvidence((root, chain) => {
      const [, act = ''] = readFileSync(join(root, chain), 'utf8').split('\n');
      for (const words of [
        '"person":"ana@helio.example"',
        '"action":"copy"',
        '"outcome":"refused"',
        '"assets":["net"]',
        '"clauses":["6.10"]',
        '"path":"net/a.py","lines":"12-40"',
      ])
        assert.ok(act.includes(words), words);
      return Promise.resolve();
    }));
});
