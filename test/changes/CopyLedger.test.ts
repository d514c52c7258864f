import assert from 'node:assert/strict';
import { CopyLedger, LARGEST_LEDGER, RETENTION, type RememberedCopy } from '../../src/changes/CopyLedger.js';
import { keyedHash } from '../../src/node/keyedHash.js';
import type { LineFiles } from '../../src/ports.js';

const hash = keyedHash(new Uint8Array(32).fill(7));
const NOW = Date.parse('2026-05-20T10:00:00Z');

const CODE = [
  'function whiten(bytes: Uint8Array, key: number): Uint8Array {',
  '  let state = ((key ^ 0x9e37) & 0xffff) || 0xace1;',
  '  return bytes.map((byte) => {',
  '    state = (state >> 1) ^ (state & 1 ? 0xb400 : 0);',
  '    return byte ^ (state & 0xff);',
  '  });',
  '}',
  'export const tables = new Map<string, Uint8Array>();',
].join('\n');

const copy = (more: Partial<RememberedCopy> = {}): RememberedCopy => ({
  at: NOW,
  root: 'file:///home/ana/cobuild',
  agreement: 'JDA-1',
  path: 'partners/radar/link.ts',
  lines: { start: 9, end: 16 },
  assets: ['radar-link'],
  elsewhere: {
    effect: 'deny',
    facts: 'protected as radar-link of Kestrel Radar Ltd, clause 6.2',
    advice: 'Do not copy.',
  },
  ...more,
});

/** A folder in memory that several ledgers share. */
class SharedFolder implements LineFiles {
  readonly contents = new Map<string, { text: string; changed: number }>();
  now = NOW;

  list() {
    return Promise.resolve(
      [...this.contents].map(([name, { text, changed }]) => ({ name, size: Buffer.byteLength(text), changed })),
    );
  }
  read(name: string, offset: number) {
    const held = this.contents.get(name);
    return Promise.resolve(held && new Uint8Array(Buffer.from(held.text).subarray(offset)));
  }
  append(name: string, text: string) {
    this.contents.set(name, { text: (this.contents.get(name)?.text ?? '') + text, changed: this.now });
    return Promise.resolve();
  }
  remove(name: string) {
    this.contents.delete(name);
    return Promise.resolve();
  }
}

function windows(
  count: number,
  folder = new SharedFolder(),
  key = hash,
): { folder: SharedFolder; ledgers: CopyLedger[] } {
  const ledgers = Array.from(
    { length: count },
    (_, at) => new CopyLedger({ writer: `w${at}`, files: folder, hash: key, now: () => folder.now }),
  );
  return { folder, ledgers };
}

function two(): [SharedFolder, CopyLedger, CopyLedger] {
  const { folder, ledgers } = windows(2);
  const [one, other] = ledgers;
  assert.ok(one && other);
  return [folder, one, other];
}

describe('the ledger of copies', () => {
  it('knows in every window what was copied in one', async () => {
    const [, one, other] = two();
    await one.remember(copy(), CODE);
    assert.deepEqual(other.find(CODE), [], 'not before it has looked');
    await other.refresh();
    assert.deepEqual(other.find(CODE), [{ copy: copy(), lines: 8, isWhole: true }]);
    assert.equal(one.find(CODE).length, 1, 'its own at once');
  });

  it('knows a copy with other line endings, white space at its edges and indentation', async () => {
    const [, one] = two();
    await one.remember(copy(), CODE);
    const [same] = one.find(`\r\n${CODE.replaceAll('\n', '  \r\n')}\r\n`);
    assert.equal(same?.isWhole, true);
    const [indented] = one.find(CODE.replace(/^/gm, '        '));
    assert.deepEqual([indented?.isWhole, indented?.lines], [false, 6]);
  });

  it('knows five of its lines among any number of others, and half of a text from two lines on', async () => {
    const [, one] = two();
    await one.remember(copy(), CODE);
    const others = Array.from({ length: 200 }, (_, at) => `const nothingOfTheKind${at} = ${at};`);
    const lines = CODE.split('\n');
    assert.equal(one.find([...others, ...lines.slice(0, 5)].join('\n'))[0]?.lines, 5);
    assert.deepEqual(one.find([...others, ...lines.slice(0, 4)].join('\n')), []);
    assert.equal(one.find([...others.slice(0, 2), ...lines.slice(0, 2)].join('\n'))[0]?.lines, 2);
    assert.deepEqual(one.find([...others.slice(0, 3), ...lines.slice(0, 2)].join('\n')), []);
  });

  it('takes a text that says nothing, such as a brace or a short word, for nobody’s', async () => {
    const [, one] = two();
    for (const text of ['}', '  });\n', 'state', '', '\n\n']) {
      await one.remember(copy(), text);
      assert.deepEqual(one.find(text), [], JSON.stringify(text));
    }
  });

  it('keeps no text, only hashes that another key does not make', async () => {
    const [folder, one] = two();
    await one.remember(copy(), CODE);
    const stored = [...folder.contents.values()].map(({ text }) => text).join('');
    for (const word of CODE.match(/\w{4,}/g) ?? []) assert.ok(!stored.includes(word), word);
    const { ledgers } = windows(1, folder, keyedHash(new Uint8Array(32).fill(8)));
    await ledgers[0]?.refresh();
    assert.deepEqual(ledgers[0]?.find(CODE), [], 'entries under another key are none');
  });

  it('forgets after a week, in memory and on disk', async () => {
    const [folder, one, other] = two();
    await one.remember(copy(), CODE);
    await other.refresh();
    folder.now = NOW + RETENTION;
    assert.equal(other.find(CODE).length, 1, 'a week is a week');
    folder.now = NOW + RETENTION + 1;
    assert.deepEqual(other.find(CODE), []);
    await other.refresh();
    assert.equal(folder.contents.size, 0);
  });

  it('stays below its size: a window’s file is followed by another, and the oldest go', async () => {
    const [folder, one, other] = two();
    const lines = Array.from({ length: 2_000 }, (_, at) => `const generatedValue${at} = compute(${at});`).join('\n');
    for (let at = 0; at < 150; at++) {
      folder.now += 1;
      await one.remember(copy({ path: `p${at}.ts`, at: folder.now }), lines);
    }
    assert.ok(folder.contents.size > 1, 'several files');
    await other.refresh();
    const total = (await folder.list()).reduce((sum, { size }) => sum + size, 0);
    assert.ok(total <= LARGEST_LEDGER, `${total} bytes`);
    await other.refresh();
    const paths = other.find(lines).map((match) => match.copy.path);
    assert.ok(paths.includes('p149.ts') && !paths.includes('p0.ts'), paths.join());
  });

  it('reads on after an entry that a crash tore, and never takes a torn or altered one for an entry', async () => {
    const [folder, one, other] = two();
    await one.remember(copy({ path: 'before.ts' }), CODE);
    const [name = ''] = folder.contents.keys();
    const whole = folder.contents.get(name)?.text ?? '';
    for (let cut = 1; cut < whole.length; cut += 7) {
      const torn = new SharedFolder();
      torn.contents.set('other.0.jsonl', { text: whole + whole.slice(0, cut), changed: NOW });
      const [first, second] = windows(2, torn).ledgers;
      assert.ok(first && second);
      await first.refresh();
      await torn.append('other.0.jsonl', whole.replace(/before/g, 'forged'));
      await torn.append('other.0.jsonl', whole);
      await second.refresh();
      await first.refresh();
      for (const ledger of [first, second])
        assert.deepEqual(
          ledger.find(CODE).map((match) => match.copy.path),
          ['before.ts'],
          `cut at ${cut}`,
        );
    }
    await other.refresh();
    assert.equal(other.find(CODE).length, 1);
  });

  it('tells the places that a text comes from once each: whole copies first, then the latest', async () => {
    const [, one] = two();
    await one.remember(copy({ path: 'a.ts', at: NOW - 20 }), `${CODE}\nconst somethingMoreOfIt = 1;`);
    await one.remember(copy({ path: 'b.ts', at: NOW - 10 }), CODE);
    await one.remember(copy({ path: 'b.ts', at: NOW - 5 }), CODE);
    assert.deepEqual(
      one.find(CODE).map((match) => [match.copy.path, match.isWhole, match.copy.at - NOW]),
      [
        ['b.ts', true, -5],
        ['a.ts', false, -20],
      ],
    );
  });
});
