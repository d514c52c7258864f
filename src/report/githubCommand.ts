/** Lines of a log that GitHub Actions takes for commands, and lines that it must not. */

export type GithubLevel = 'error' | 'warning' | 'notice';

/** A workflow command that GitHub shows beside a line of a file. Properties that are undefined are left out. */
export function githubCommand(
  level: GithubLevel,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const list = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${data(String(value)).replace(/:/g, '%3A').replace(/,/g, '%2C')}`);
  return `::${level} ${list.join(',')}::${data(message)}\n`;
}

/** One line of the log that says this and commands nothing, whatever it is made of. */
export function githubLine(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ').replace(/##\[/g, '## [');
  // A line is a command when it begins with two colons, white space aside.
  return `${line.replace(/^(\s*):(?=:)/, '$1 :\u200b')}\n`;
}

function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
