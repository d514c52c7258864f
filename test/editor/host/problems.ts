import * as vscode from 'vscode';
import { eventually } from './eventually.js';

/** A problem as a person reads it: where (1-based), how bad, what. */
export interface SeenProblem {
  readonly at: string;
  readonly severity: 'error' | 'warning' | 'notice';
  readonly code: string;
  readonly message: string;
}

/** Our problems in a file. */
export function problemsIn(uri: vscode.Uri): SeenProblem[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((one) => one.source === 'Developer Terms')
    .map((one) => ({
      at: `${one.range.start.line + 1}:${one.range.start.character + 1}`,
      severity: (['error', 'warning', 'notice', 'notice'] as const)[one.severity],
      code: typeof one.code === 'object' ? String(one.code.value) : String(one.code),
      message: one.message,
    }));
}

/** Waits until a file has our problem of this code; returns it. */
export async function seesProblem(uri: vscode.Uri, code: string): Promise<SeenProblem> {
  return eventually(
    `a problem ${code}`,
    () => problemsIn(uri).find((one) => one.code === code),
    () => problemsIn(uri),
  );
}

/** Waits until a file has none of our errors. */
export async function seesNoError(uri: vscode.Uri): Promise<void> {
  await eventually(
    'no error',
    () => problemsIn(uri).every((one) => one.severity !== 'error'),
    () => problemsIn(uri),
  );
}
