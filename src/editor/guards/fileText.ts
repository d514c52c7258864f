import * as vscode from 'vscode';

/** The text that the document's file holds, read as the editor reads it; undefined when there is no such file. */
export async function fileText(document: vscode.TextDocument): Promise<string | undefined> {
  if (document.isUntitled) return undefined;
  try {
    const bytes = await vscode.workspace.fs.readFile(document.uri);
    return await vscode.workspace.decode(bytes, { uri: document.uri });
  } catch {
    // Gone, or of a scheme that nobody reads: then nothing came from a file.
    return undefined;
  }
}

/** True when an editor shows one text for the other: it makes line breaks alike, and hides a byte order mark. */
export function isShownAs(file: string, shown: string): boolean {
  return plain(file) === plain(shown);
}

const plain = (text: string): string => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
