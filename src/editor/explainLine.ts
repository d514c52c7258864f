import type { TextDocument } from 'vscode';
import { assetsAt } from '../regions/assetsAt.js';
import { explainRegions, type Explanation } from '../report/explainRegions.js';
import type { CoveredDocument } from './DocumentRegions.js';

/**
 * Why a line is restricted, for the person at hand; undefined when nothing covers it. `line` is 1-based; without it the
 * question is about the whole file.
 */
export function explainLine(covered: CoveredDocument, line: number | undefined): Explanation | undefined {
  const { document, folder, policy, regions } = covered;
  const lines = line === undefined ? undefined : { start: line, end: line };
  const here = assetsAt(regions, lines);
  if (here.length === 0) return undefined;
  return explainRegions(policy, here, folder.decisions(policy, regions, lines), document.lineCount);
}

/** "perception/fusion/align.cpp, line 7", or the document's name where it has no path. */
export function placeInWords(covered: CoveredDocument, line: number | undefined): string {
  const name = covered.path === '' ? nameOf(covered.document) : covered.path;
  return line === undefined ? name : `${name}, line ${line}`;
}

function nameOf(document: TextDocument): string {
  return document.uri.path.split('/').pop() ?? document.uri.path;
}
