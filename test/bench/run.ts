/** `npm run bench [-- NAME…]`: runs every `*.bench.ts` of this folder, or the named ones, and prints one table. */
import { readdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Bench, Row } from './Row.js';

const folder = fileURLToPath(new URL('.', import.meta.url));

async function findBenches(): Promise<Bench[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.bench.ts')).sort();
  return Promise.all(
    files.map(async (file) => {
      const module = (await import(pathToFileURL(folder + file).href)) as { default?: Bench };
      if (!module.default) throw new Error(`${basename(file)} has no default export { name, run }.`);
      return module.default;
    }),
  );
}

function table(rows: readonly Row[]): string {
  const head: Row = { measure: 'Measure', value: 'Value', aim: 'Aim', peer: 'In the same run' };
  const cells = [head, ...rows].map((row) => [row.measure, row.value, row.aim ?? '', row.peer ?? '']);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 1 ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [line(cells[0] ?? []), rule, ...cells.slice(1).map(line)].join('\n');
}

const benches = await findBenches();
// Flags belong to the benchmark that reads them.
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const unknown = wanted.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(
    `No benchmark named ${unknown.join(', ')}; there are: ${benches.map((bench) => bench.name).join(', ')}.`,
  );
  process.exitCode = 2;
} else {
  const rows: Row[] = [];
  let failed = 0;
  // One after another: they would take each other's processor.
  for (const bench of benches.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    console.error(`${bench.name} …`);
    try {
      rows.push(...(await bench.run()));
    } catch (error) {
      failed++;
      console.error(`${bench.name} failed:`, error);
    }
  }
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}\n`);
  console.log(table(rows));
  if (failed > 0) process.exitCode = 1;
}
