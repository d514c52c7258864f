import { parseArgs } from 'node:util';
import { UserError } from '../ports.js';

/** The options that a command takes: `text` has a value, `list` may be given several times with one each, `flag` has none. */
export type OptionKinds = Readonly<Record<string, 'text' | 'list' | 'flag'>>;

export interface CommandArguments {
  /** The values of `text` options that were given. Given twice, the last counts. */
  readonly texts: Readonly<Record<string, string>>;
  /** The values of `list` options, in order. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly flags: ReadonlySet<string>;
  /** What is no option, in order. */
  readonly rest: readonly string[];
}

/** Reads a command's arguments. Throws a `UserError` that names an option which does not exist or lacks its value. */
export function commandArguments(args: readonly string[], kinds: OptionKinds): CommandArguments {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      kind === 'flag' ? ({ type: 'boolean' } as const) : ({ type: 'string', multiple: kind === 'list' } as const),
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const texts: Record<string, string> = {};
    const lists: Record<string, readonly string[]> = {};
    const flags = new Set<string>();
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === 'string') texts[name] = value;
      else if (Array.isArray(value)) lists[name] = value.filter((item) => typeof item === 'string');
      else if (value === true) flags.add(name);
    }
    return { texts, lists, flags, rest: positionals };
  } catch (error) {
    const [said = ''] = (error instanceof Error ? error.message : String(error)).split(/\.(?:\s|$)/);
    // Node's advice on a value that looks like an option is three lines long.
    const name = /^Option '(--[\w-]+)' argument is ambiguous$/.exec(said)?.[1];
    const sentence =
      name === undefined ? said : `${name} lacks its value. One that begins with a dash goes behind '=': ${name}=-x`;
    const names = Object.keys(kinds).map((name) => `--${name}`);
    throw new UserError(`${sentence}. This command takes ${names.join(', ')}.`);
  }
}
