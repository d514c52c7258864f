/** A window's part of the ledger in a process of its own: `ledgerWriter.ts FOLDER NAME COUNT`. Says the number of each copy it has written. */
import { CopyLedger } from '../../src/changes/CopyLedger.js';
import { copyLedgerIn } from '../../src/node/copyLedger.js';

const [folder = '', name = '', count = '0'] = process.argv.slice(2);
const { ledger, writer, keyedHash } = copyLedgerIn(folder, (error) => {
  throw error;
});
const copies = new CopyLedger({ files: ledger, writer, hash: keyedHash, now: () => Date.now() });
for (let at = 0; at < Number(count); at++) {
  await copies.remember(
    {
      ...{ at: Date.now(), root: 'file:///r', agreement: 'A', path: `${name}/${at}.ts`, lines: { start: 1, end: 2 } },
      assets: ['a'],
      elsewhere: { effect: 'deny', facts: '', advice: '' },
    },
    `const value_${name}_${at} = compute(${at});\nreturn value_${name}_${at};\n`,
  );
  process.stdout.write(`${at}\n`);
}
