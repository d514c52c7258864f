import type { Source, Span } from './Source.js';
import type { Fix, Problem } from './Problem.js';
import { PROBLEM_CODES, type ProblemCode } from './problemCodes.js';

/** More than anybody reads; beyond it the list only costs time. */
const MOST = 500;

/** A repair as the checks know it, in offsets. */
export interface Mend extends Span {
  readonly title: string;
  readonly text: string;
}

/** Collects the problems of one file. */
export class Report {
  readonly #found: { readonly start: number; readonly problem: Problem }[] = [];
  #left = 0;

  constructor(readonly source: Source) {}

  get hasErrors(): boolean {
    return this.#found.some(({ problem }) => problem.severity === 'error');
  }

  add(code: ProblemCode, span: Span, message: string, mend?: Mend): void {
    if (this.#found.length >= MOST) {
      this.#left += 1;
      return;
    }
    const fix: Fix | undefined =
      mend === undefined ? undefined : { title: mend.title, range: this.source.range(mend), text: mend.text };
    this.#found.push({
      start: span.start,
      problem: {
        code,
        severity: PROBLEM_CODES[code].severity,
        file: this.source.file,
        range: this.source.range(span),
        message,
        ...(fix === undefined ? {} : { fix }),
      },
    });
  }

  /** The problems in the order of the file. */
  problems(): readonly Problem[] {
    const sorted = this.#found.sort((one, other) => one.start - other.start).map(({ problem }) => problem);
    if (this.#left === 0) return sorted;
    const end = this.source.text.length;
    return [
      ...sorted,
      {
        code: 'too-many-problems',
        severity: 'error',
        file: this.source.file,
        range: this.source.range({ start: end, end }),
        message: `There are ${this.#left} more problems. Mend the ones above first.`,
      },
    ];
  }
}
