// Mocha's usual output, and at the end the count of tests, and what failed, in the file that DEVTERMS_TALLY names.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

export default class TallyReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const failures = [];
    runner.on('fail', (test, error) => failures.push({ title: test.fullTitle(), error: textOf(error) }));
    // Said at once: a test that passes only when it is tried again is worth a look.
    runner.on('retry', (test, error) =>
      console.log(`    tried again: ${test.title}\n${textOf(error).replace(/^/gm, '      ')}`),
    );
    runner.once('end', () => {
      const file = process.env.DEVTERMS_TALLY;
      const { passes, failures: failed } = this.stats;
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed, failures }));
    });
  }
}

const textOf = (error) => (error instanceof Error ? (error.stack ?? error.message) : String(error));
