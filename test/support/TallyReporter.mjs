// Mocha's usual output, and at the end the count of tests in the file that DEVTERMS_TALLY names.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

export default class TallyReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const file = process.env.DEVTERMS_TALLY;
      if (file) writeFileSync(file, JSON.stringify({ passed: this.stats.passes, failed: this.stats.failures }));
    });
  }
}
