import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

/** Ends the extension hosts that this run's server has started, as a crash would. Linux only: `/proc` tells which they are. */
export function crashExtensionHosts(): void {
  const killed = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      if (!readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=extensionHost')) return false;
      if (!isOurs(Number(name))) return false;
      process.kill(Number(name), 'SIGKILL');
      return true;
    } catch {
      // It has ended by itself meanwhile.
      return false;
    }
  });
  assert.ok(killed.length > 0, 'there is an extension host to end');
}

/** True for a descendant of this process: other servers of the machine are none of our business. */
function isOurs(pid: number): boolean {
  for (let at = pid; at > 1;) {
    if (at === process.pid) return true;
    at = Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${at}/status`, 'utf8'))?.[1] ?? 0);
  }
  return false;
}
