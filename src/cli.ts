#!/usr/bin/env node
import { runCli } from './cli/runCli.js';
import { FAILURE } from './cli/Command.js';
import { keepCompiled } from './node/keepCompiled.js';
import { COLOUR, PLAIN } from './report/paint.js';

// Whoever reads our output may stop early (`devterms … | head`): that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode);
  process.stderr.write(`devterms: what was found could not be written (${error.code ?? error.message}).\n`);
  process.exit(FAILURE);
});
// Nobody is left to be told when the talk cannot be written either.
process.stderr.on('error', () => undefined);

const colour = process.stdout.isTTY && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb';

// Commands are loaded after this, and they are nearly all of the program.
keepCompiled();

try {
  // Not process.exit(): it would cut off output that is still on its way through a pipe.
  process.exitCode = await runCli(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    cwd: process.cwd(),
    paint: colour ? COLOUR : PLAIN,
    ...(process.stdout.isTTY ? { width: process.stdout.columns } : {}),
    treeWorker: new URL(`./checkTree.worker${/\.\w+$/.exec(import.meta.url)?.[0] ?? '.js'}`, import.meta.url),
    isTerminal: process.stderr.isTTY && process.env.TERM !== 'dumb',
  });
} catch (error) {
  process.stderr.write(`devterms: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = FAILURE;
}
