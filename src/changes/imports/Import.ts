/**
 * How code from elsewhere is brought in:
 * - `import`: an import of modules, packages or names (`import x from 'y'`, `import a.b`, `import "m/p"`)
 * - `from`: Python's `from a import b`
 * - `static`: Java's `import static`, C#'s `using static` and its aliases: the last part names a type or a member
 * - `require`: `require('x')`
 * - `dynamic`: an import with a literal that runs later (`import('x')`, `importlib.import_module("x")`)
 * - `quoted`, `angled`: `#include "x"` and `#include <x>`
 * - `use`, `mod`, `crate`, `path`: Rust's `use`, `mod x;`, `extern crate x;`, and a path in code that starts from `crate`,
 *   `self` or `super`
 * - `using`: C#'s `using` of a namespace
 */
export type ImportKind =
  | 'import'
  | 'from'
  | 'static'
  | 'require'
  | 'dynamic'
  | 'quoted'
  | 'angled'
  | 'use'
  | 'mod'
  | 'crate'
  | 'path'
  | 'using';

/** One place in a file where code from elsewhere is brought in. */
export interface Import {
  /** Of the specifier, without quotes; 1-based. It lies on one line. */
  readonly line: number;
  readonly column: number;
  /** The column after its last character. */
  readonly endColumn: number;
  /** As the code spells it, without quotes: `./floor.js`, `..site`, `java.util.*`, `crate::wire::Frame`. */
  readonly specifier: string;
  readonly kind: ImportKind;
  /** The names that are taken, by their name at their origin; left out where the import takes everything. */
  readonly names?: readonly string[];
  /** Rust: the inline modules that the import stands in, outermost first. */
  readonly inside?: readonly string[];
}
