import { nearest } from '../policy/nearest.js';
import { FAILURE, CLEAN, type Io } from './Command.js';
import { COMMANDS } from './commands.js';

/**
 * Runs one command line, without the program's name. Resolves with the exit code: 0 clean, 1 findings, 2 failure.
 * Rejects only for what nobody expected.
 */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) {
    io.err(help());
    return FAILURE;
  }
  if (name === '--help' || name === '-h' || name === 'help') return runHelp(rest[0], io);
  if (name === '--version' || name === '-v') {
    const { ENGINE_VERSION } = await import('../engine/version.js');
    io.out(`devterms ${ENGINE_VERSION}\n`);
    return CLEAN;
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) return unknownCommand(name, io);
  try {
    const { run, help } = await command.load();
    if (rest.includes('--help') || rest.includes('-h')) {
      io.out(help);
      return CLEAN;
    }
    return await run(rest, io);
  } catch (error) {
    // By its name: a command that is bundled apart has a class of its own.
    if (!(error instanceof Error) || error.name !== 'UserError') throw error;
    io.err(`devterms ${name}: ${error.message}\n`);
    return FAILURE;
  }
}

async function runHelp(name: string | undefined, io: Io): Promise<number> {
  const command = COMMANDS.find((known) => known.name === name);
  if (name !== undefined && command === undefined) return unknownCommand(name, io);
  io.out(command === undefined ? help() : (await command.load()).help);
  return CLEAN;
}

function unknownCommand(name: string, io: Io): number {
  const meant = nearest(
    name,
    COMMANDS.map((command) => command.name),
  );
  const hint = meant === undefined ? "Run 'devterms --help' for the list." : `Did you mean '${meant}'?`;
  io.err(`devterms: there is no command '${name}'. ${hint}\n`);
  return FAILURE;
}

function help(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const list = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n');
  return `devterms: who may do what with which code, for what purpose, and until when.

Usage: devterms COMMAND [OPTIONS]

${list}

Run 'devterms COMMAND --help' for a command's options.
Exit codes: 0 clean, 1 findings, 2 failure. NO_COLOR turns colours off.
`;
}
