import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { verifyFolder } from '../../src/evidence/verifyFolder.js';
import { evidenceFolder } from '../../src/node/evidenceFolder.js';
import { evidenceGroups } from '../../src/node/evidenceGroups.js';
import { sha256 } from '../../src/node/sha256.js';
import { inFolder } from '../support/commandLine.js';
import { actOf, recorderOn } from '../support/recordedActs.js';

const SCRIPT = join(import.meta.dirname, '../support/recordForEver.ts');

/** A process that records without end into a folder. */
function startRecording(root: string, session: string) {
  return spawn(process.execPath, ['--import=tsx', SCRIPT, root, session], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Acts that the process said are on the disk, until it was killed. */
async function killAfter(child: ReturnType<typeof startRecording>, entries: number): Promise<number> {
  let said = 0;
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    said = Number(chunk.toString().trimEnd().split('\n').at(-1));
    if (said >= entries) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  assert.equal(child.signalCode, 'SIGKILL');
  return said;
}

async function verify(root: string) {
  const [group] = await evidenceGroups(root, ['.']);
  assert.ok(group);
  return verifyFolder(group, sha256);
}

describe('evidence and a process that is killed while it writes', () => {
  it('is consistent afterwards but for a torn last line, which the next session names; nothing that was on the disk is gone', () =>
    inFolder({}, async (root) => {
      let said = 0;
      for (let round = 0; round < 3; round++) {
        // Two windows at once, killed at different moments.
        const counts = await Promise.all([
          killAfter(startRecording(root, `a${round}`), 3 + round * 25),
          killAfter(startRecording(root, `b${round}`), 40 + round * 60),
        ]);
        said += (counts[0] ?? 0) + (counts[1] ?? 0);
        const { findings } = await verify(root);
        assert.deepEqual(
          findings.filter(({ code }) => code !== 'torn'),
          [],
        );
        assert.ok(findings.length <= 2);
      }
      const after = recorderOn(evidenceFolder(root), { from: '2030-01-01T00:00:00Z', session: 'after' });
      after.record(actOf());
      await after.close();
      const { findings, entries } = await verify(root);
      assert.deepEqual(findings, []);
      assert.ok(entries >= said, `${entries} entries are there, ${said} were said to be.`);
    }));
});
