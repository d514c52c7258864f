import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { CopyIndexClient } from '../../src/changes/CopyIndexClient.js';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import { workerChannel } from '../../src/node/workerChannel.js';
import { report } from '../editor/host/report.js';

const FILES = 5_000;
const LINES_A_FILE = 200;
const PASTED_LINES = 500;
const PASTES = 200;

const POLICY = `version: 1
agreement: {id: A, title: A, zone: Europe/Berlin, contact: x@y.example}
parties: [{id: own, name: Own}]
assets: [{id: code, owner: own, paths: ["src/**"]}]
`;

/** Numbers that look random and are the same in every run (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const VERBS = ['scale', 'merge', 'clip', 'rotate', 'fold', 'sample', 'weigh', 'trace'];
const SIGNS = ['+', '-', '*', '^', '|', '&', '%'];

/** Code of its own for every seed: statements with names and numbers that no other has. */
function code(seed: number, lines: number): string {
  const random = numbers(seed);
  const word = (): string => `${VERBS[random(VERBS.length)] ?? ''}${random(5_000)}`;
  return Array.from({ length: lines }, () => {
    const [a, b, c] = [word(), word(), word()];
    const sign = SIGNS[random(SIGNS.length)] ?? '+';
    switch (random(5)) {
      case 0:
        return `  const ${a} = ${b}(${c}, ${random(1e6)}) ${sign} ${random(999)};`;
      case 1:
        return `  if (${a} > ${random(1e5)}) ${b} = ${c} ${sign} ${a};`;
      case 2:
        return `  for (let ${a} = 0; ${a} < ${b}.length; ${a} += ${1 + random(4)}) ${c}[${a}] = ${b}[${a}] ${sign} ${random(9999)};`;
      case 3:
        return `  return ${a}.map((${b}) => ${b} ${sign} ${c}(${random(1e6)}));`;
      default:
        return `  ${a}.${b}(${c} ${sign} ${random(1e6)}, '${word()}');`;
    }
  }).join('\n');
}

function told(measure: string, value: number): void {
  report({ kind: 'measured', measure, value });
}

/** The longest time (ms) that the extension host was not free while something went on. */
async function longestBlock<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly block: number }> {
  const monitor = monitorEventLoopDelay({ resolution: 1 });
  monitor.enable();
  const result = await work();
  monitor.disable();
  return { result, block: monitor.max / 1e6 };
}

describe('the copy index in the extension host', () => {
  it('is measured with a million lines', async function () {
    this.timeout(600_000);
    const extension = vscode.extensions.getExtension('developer-terms.developer-terms');
    assert.ok(extension);
    const script = new URL(vscode.Uri.joinPath(extension.extensionUri, 'dist/copyIndex.worker.js').toString());
    const { policy } = parsePolicy(POLICY);
    assert.ok(policy);
    const open = { kind: 'open', policy, sha256: 'measured' } as const;
    const first = new CopyIndexClient(workerChannel(script));
    await first.ask({ ...open, stored: undefined });
    const building = await longestBlock(async () => {
      for (let at = 0; at < FILES; at += 16) {
        const files = Array.from({ length: Math.min(16, FILES - at) }, (_, index) => ({
          path: `src/f${at + index}.ts`,
          text: code(at + index, LINES_A_FILE),
          stamp: '1',
        }));
        await first.ask({ kind: 'update', files });
      }
      await first.ask({ kind: 'complete' });
      await first.ask({ kind: 'inspect', snippet: { path: 'a.ts', text: code(1e6, 20) }, assets: [] });
    });
    told('block, a million lines handed over', building.block);

    const times: number[] = [];
    for (let paste = 0; paste < PASTES; paste++) {
      // Every second one holds 40 lines of the index.
      const own = code(1e7 + paste, PASTED_LINES - 40);
      const text = `${own}\n${code(paste % 2 === 0 ? paste * 7 : 1e8 + paste, 40)}`;
      const started = performance.now();
      const copies = await first.ask({ kind: 'inspect', snippet: { path: 'a.ts', text }, assets: [] });
      times.push(performance.now() - started);
      assert.equal(copies.length > 0, paste % 2 === 0, `paste ${paste}`);
    }
    times.sort((a, b) => a - b);
    told('paste p50', times[PASTES >> 1] ?? NaN);
    told('paste p99', times[Math.floor(PASTES * 0.99)] ?? NaN);

    const stored = await first.ask({ kind: 'serialize' });
    first.close();
    told('stored MB', stored.length / 1e6);
    const second = new CopyIndexClient(workerChannel(script));
    const started = performance.now();
    const loading = await longestBlock(() => second.ask({ ...open, stored }));
    told('load', performance.now() - started);
    told('block, stored index loaded', loading.block);
    assert.equal(Object.keys(loading.result.stamps).length, FILES);
    second.close();
  });
});
