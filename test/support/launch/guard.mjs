// Runs a program in a process group of its own and ends the whole group when the asker goes away.
//
//   node guard.mjs PROGRAM ARGS…
//
// The asker holds our standard input. However it ends (Ctrl+C, a crash, kill -9), the pipe closes, and we end what was
// started: no editor outlives the command that opened it. Plain JavaScript, so that it starts fast.
import { spawn, spawnSync } from 'node:child_process';

/** How long a program may take to end by itself, in ms. */
const GRACE = 2_000;

const [program, ...args] = process.argv.slice(2);
const windows = process.platform === 'win32';
const child = spawn(program, args, { detached: !windows, stdio: ['ignore', 'inherit', 'inherit'] });

const signalAll = (signal) => {
  if (child.pid === undefined) return;
  try {
    if (windows) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    else process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
};

let ending = false;
const end = () => {
  if (ending) return;
  ending = true;
  signalAll('SIGTERM');
  setTimeout(() => signalAll('SIGKILL'), GRACE);
};

process.stdin.resume();
process.stdin.on('end', end);
process.stdin.on('error', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
// The asker may be gone, and its output with it.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

child.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code) => {
  // Whatever the program started and left behind goes with it.
  signalAll('SIGKILL');
  process.exit(code ?? 1);
});
