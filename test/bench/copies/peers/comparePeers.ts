import type { Corpus } from '../Corpus.js';
import type { Engine } from '../engine.js';
import { buildIndex } from '../recall.js';
import { table } from '../table.js';
import type { TestSet } from '../TestSet.js';
import { transformations } from '../transform/transformations.js';
import { askDolos } from './dolos.js';
import { installPeers } from './installPeers.js';
import { askJscpd, jscpdWays } from './jscpd.js';
import { megabytesOf, type PeerAnswer, type PeerInput } from './Peer.js';
import { askScanoss } from './scanoss.js';

/** One row of the table: a tool and what it did. */
export interface PeerRow {
  readonly name: string;
  /** In percent, by transformation, pieces of 10 lines and more. */
  readonly recall: ReadonlyMap<string, number>;
  readonly falsePerThousand: number;
  readonly megabytesPerSecond: number | undefined;
  readonly timing: string;
}

const shown = ['T1 verbatim', 'T1 reformatted', 'T2 renamed', 'T3 20 %', 'T3 30 %', 'T2 + T3 20 %'];

/**
 * Puts the same pastes to the index and to its peers, pasted alone. Peers cannot be told of allowed code, so pastes of open
 * code are left out; a false alarm is any restricted file named for code that was not taken from one, unread for all alike.
 */
export async function comparePeers(
  engine: Engine,
  corpus: Corpus,
  set: TestSet,
  step: (what: string) => void,
): Promise<PeerRow[]> {
  const names = transformations.map((transformation) => transformation.name).filter((name) => shown.includes(name));
  const positives = names.map((name) =>
    set.positives.filter((positive) => positive.transformation === name && positive.bucket !== '6–9'),
  );
  const negatives = set.negatives.filter((negative) => !negative.kind.startsWith('open code'));
  const paste = ({ path, text }: { path: string; text: string }): { path: string; text: string } => ({ path, text });
  const input: PeerInput = {
    restricted: corpus.restricted.map(({ id, path, text }) => ({ id, path, text })),
    groups: [...positives.map((group) => group.map(paste)), negatives.map(paste)],
  };
  const rows: PeerRow[] = [];
  const judge = (answer: PeerAnswer): void => {
    const recall = new Map(
      positives.map((group, at) => {
        const asked = group.flatMap((positive, number) => {
          const named = answer.named[at]?.[number];
          return named === undefined
            ? []
            : [named.includes(positive.source) || positive.twins.some((twin) => named.includes(twin))];
        });
        return [names[at] ?? '', (100 * asked.filter(Boolean).length) / Math.max(1, asked.length)] as const;
      }),
    );
    const asked = (answer.named[positives.length] ?? []).filter((named) => named !== undefined);
    const falsePerThousand = (1000 * asked.filter((named) => named.length > 0).length) / Math.max(1, asked.length);
    rows.push({
      name: answer.name,
      recall,
      falsePerThousand,
      megabytesPerSecond: answer.megabytesPerSecond,
      timing: answer.timing,
    });
  };

  judge(askOurs(engine, corpus, input));
  const folder = await installPeers();
  const peers: readonly (readonly [string, () => Promise<PeerAnswer[]>])[] = [
    ['scanoss', () => askScanoss(folder, input, [3, 24])],
    ...jscpdWays.map((way) => [way.name, async () => [await askJscpd(folder, input, way)]] as const),
    ['dolos', () => askDolos(folder, input)],
  ];
  for (const [name, ask] of peers) {
    try {
      (await ask()).forEach(judge);
    } catch (error) {
      console.log(`${name} could not be asked: ${String(error).slice(0, 300)}`);
    }
    step(`${name} has answered`);
  }
  return rows;
}

function askOurs(engine: Engine, corpus: Corpus, input: PeerInput): PeerAnswer {
  const started = performance.now();
  const index = buildIndex(engine, corpus);
  index.query({ path: 'src/a.ts', text: '' });
  const built = performance.now() - started;
  const times: number[] = [];
  const named = input.groups.map((group) =>
    group.map((paste) => {
      const began = performance.now();
      const matches = index.query(paste);
      times.push(performance.now() - began);
      return matches.map((match) => match.id);
    }),
  );
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
  const openBytes = corpus.open.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0);
  return {
    name: 'Developer Terms',
    named,
    megabytesPerSecond: (megabytesOf(input) * 1e3 + openBytes / 1e3) / built,
    timing: `${at(0.5)} / ${at(0.99)} ms`,
  };
}

/** The comparison as a table. */
export function peerTable(rows: readonly PeerRow[]): string {
  return table(
    ['', ...shown, 'alarms per 1,000', 'MB/s', 'one paste'],
    rows.map((row) => [
      row.name,
      ...shown.map((name) => (row.recall.get(name) ?? 0).toFixed(1)),
      row.falsePerThousand.toFixed(1),
      row.megabytesPerSecond?.toFixed(1) ?? '–',
      row.timing,
    ]),
  );
}
