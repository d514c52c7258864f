import { cpus, loadavg } from 'node:os';
import type { Row } from '../Row.js';
import type { Speed, Spread } from './speed.js';
import { table } from './table.js';

/** Prints times and sizes, a column for each corpus that was measured. */
export function printSpeed(measured: readonly Speed[]): void {
  const millis = ({ p50, p99, worst }: Spread): string => `${p50.toFixed(2)} / ${p99.toFixed(2)} / ${worst.toFixed(1)}`;
  const row = (name: string, aim: string, show: (speed: Speed) => string): string[] => [
    name,
    ...measured.map(show),
    aim,
  ];
  const rows = [
    row('build, cold, MB/s', '≥ 30', (speed) => ((speed.megabytes * 1000) / speed.coldMs).toFixed(1)),
    row('build, warm, MB/s', '≥ 30', (speed) => ((speed.megabytes * 1000) / speed.warmMs).toFixed(1)),
    row('build, cold, MB for a second of processor time', '', (speed) =>
      ((speed.megabytes * 1000) / speed.coldCpuMs).toFixed(1),
    ),
    row('build, warm, MB for a second of processor time', '', (speed) =>
      ((speed.megabytes * 1000) / speed.warmCpuMs).toFixed(1),
    ),
    row('allowing open code, MB/s', '', (speed) => speed.allowMegabytesPerSecond.toFixed(1)),
    row('paste of 200 lines (best of 3), ms: p50 / p99 / worst', 'p99 ≤ 2', (speed) => millis(speed.paste)),
    row('edit of 3 lines, ms: p50 / p99 / worst', '≤ 0.2', (speed) => (speed.edit ? millis(speed.edit) : '–')),
    row('replacing a file, ms: p50 / p99 / worst', '', (speed) => millis(speed.replace)),
    row('bytes a line, as stated', '≤ 32', (speed) => (speed.statedBytes / speed.lines).toFixed(1)),
    row('bytes a line, growth of memory', '≤ 32', (speed) => (speed.measuredBytes / speed.lines).toFixed(1)),
    row('bytes a line, serialized', '', (speed) => (speed.serializedBytes / speed.lines).toFixed(1)),
    row('load, ms for a million lines', '≤ 300', (speed) => ((speed.loadMs * 1e6) / speed.lines).toFixed(0)),
  ];
  console.log(`\nSpeed and size (load average ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores)\n`);
  console.log(table(['', ...measured.map((speed) => `${Math.round(speed.lines / 1000)}k lines`), 'aim'], rows));
}

/** How build, questions, memory and loading grow with the number of lines. */
export function printGrowth(measured: readonly Speed[]): void {
  const rows = measured.map((speed) => [
    `${(speed.lines / 1e6).toFixed(1)} million`,
    (speed.warmMs / 1000).toFixed(1),
    ((speed.megabytes * 1000) / speed.warmMs).toFixed(1),
    ((speed.megabytes * 1000) / speed.warmCpuMs).toFixed(1),
    `${speed.paste.p50.toFixed(2)} / ${speed.paste.p99.toFixed(2)}`,
    speed.edit ? `${speed.edit.p50.toFixed(2)} / ${speed.edit.p99.toFixed(2)}` : '–',
    (speed.statedBytes / speed.lines).toFixed(1),
    (speed.measuredBytes / speed.lines).toFixed(1),
    speed.loadMs.toFixed(0),
  ]);
  console.log('\nGrowth\n');
  console.log(
    table(
      [
        'lines',
        'build, s',
        'MB/s',
        'MB per s of processor',
        'paste p50 / p99, ms',
        'edit p50 / p99, ms',
        'bytes a line, stated',
        'measured',
        'load, ms',
      ],
      rows,
    ),
  );
}

/** The figures of the largest corpus measured, for the table of all benchmarks. */
export function speedRows(measured: readonly Speed[]): Row[] {
  return measured.flatMap((speed): Row[] => {
    const on = `copy index of ${Math.round(speed.lines / 1000)}k lines`;
    return [
      {
        measure: `${on}: first build in a process`,
        value: `${((speed.megabytes * 1000) / speed.coldMs).toFixed(1)} MB/s`,
        aim: '≥ 30 MB/s',
      },
      {
        measure: `${on}: later builds`,
        value: `${((speed.megabytes * 1000) / speed.warmMs).toFixed(1)} MB/s`,
        aim: '≥ 30 MB/s',
      },
      {
        measure: `${on}: paste of 200 lines, p50 / p99`,
        value: `${speed.paste.p50.toFixed(2)} / ${speed.paste.p99.toFixed(2)} ms`,
        aim: 'p99 ≤ 2 ms',
      },
      ...(speed.edit === undefined
        ? []
        : [
            {
              measure: `${on}: edit of 3 lines, p50 / p99`,
              value: `${speed.edit.p50.toFixed(2)} / ${speed.edit.p99.toFixed(2)} ms`,
              aim: '≤ 0.2 ms',
            },
          ]),
      {
        measure: `${on}: memory, stated / measured`,
        value: `${(speed.statedBytes / speed.lines).toFixed(1)} / ${(speed.measuredBytes / speed.lines).toFixed(1)} bytes a line`,
        aim: '≤ 32',
      },
      {
        measure: `${on}: loading`,
        value: `${((speed.loadMs * 1e6) / speed.lines).toFixed(0)} ms a million lines`,
        aim: '≤ 300 ms',
      },
    ];
  });
}
