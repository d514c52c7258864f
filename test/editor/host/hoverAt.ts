import * as vscode from 'vscode';
import { eventually } from './eventually.js';

const OURS = 'command:developerTerms.';

/** The markdown of our hover at a place (1-based), or `undefined` when we have nothing to say there. */
export async function hoverAt(uri: vscode.Uri, line: number, column = 1): Promise<string | undefined> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    new vscode.Position(line - 1, column - 1),
  );
  const ours = hovers
    .flatMap((hover) => hover.contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .filter((text) => text.includes(OURS));
  if (ours.length > 1) throw new Error(`One place has ${ours.length} hovers of ours.`);
  return ours[0];
}

/** Waits until our hover at a place has these words in it; returns it as it reads: without escapes and links' addresses. */
export async function hoverWords(uri: vscode.Uri, line: number, words: string | RegExp): Promise<string> {
  const read = async () => plain((await hoverAt(uri, line)) ?? '');
  return eventually(
    `a hover in line ${line} with ${String(words)}`,
    async () => {
      const text = await read();
      return (typeof words === 'string' ? text.includes(words) : words.test(text)) ? text : undefined;
    },
    read,
  );
}

/** Waits until we have nothing to say at a place. */
export async function seesNoHover(uri: vscode.Uri, line: number): Promise<void> {
  await eventually(`no hover in line ${line}`, async () => (await hoverAt(uri, line)) === undefined);
}

/** Markdown of ours as a person reads it: without links' addresses, markdown's escapes and those of icons. */
export function plain(markdown: string): string {
  return markdown
    .replace(/\]\(command:[^)]*\)/g, ']')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\\(\$\([\w~-]+\))/g, '$1');
}
