/** Records acts without end, and says after each flush how many are on the disk: a process to be killed by a test. */
import { evidenceFolder } from '../../src/node/evidenceFolder.js';
import { EvidenceRecorder } from '../../src/evidence/EvidenceRecorder.js';
import { sha256 } from '../../src/node/sha256.js';
import { systemClock } from '../../src/node/systemClock.js';
import { actOf } from './recordedActs.js';

const [, , root = '', session = ''] = process.argv;
const recorder = new EvidenceRecorder({
  ...{ store: evidenceFolder(root), clock: systemClock, hash: sha256, session, product: '1', sizeLimit: 20_000 },
});
for (let count = 0; ;) {
  for (let some = 0; some <= count % 7; some++) recorder.record(actOf({ reason: 'r'.repeat(count % 900) }));
  count += (count % 7) + 1;
  await recorder.flush();
  process.stdout.write(`${count}\n`);
}
