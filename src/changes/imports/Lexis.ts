/** What an import reader has to know of a language to tell code from comments and strings. */
export interface Lexis {
  /** `//` and `/* … *\/`. */
  readonly slashComments?: boolean;
  /** Block comments nest (Rust). */
  readonly nestedComments?: boolean;
  /** `#` opens a comment (Python). */
  readonly hashComments?: boolean;
  /** A line that opens with `#` is no code (C#). */
  readonly directives?: boolean;
  /** `'''` and `"""`, or `"""` alone, open strings over several lines. */
  readonly tripleQuotes?: 'both' | 'double';
  /** A backtick opens a template with `${…}` in it (JavaScript), or a raw string (Go). */
  readonly backtick?: 'template' | 'raw';
  /** `/…/` may be a regular expression. */
  readonly patterns?: boolean;
  /** `R"x(…)x"` (C++), `r#"…"#` (Rust), `@"…"` (C#). */
  readonly raw?: 'cpp' | 'rust' | 'csharp';
  /** `'a` may be a lifetime, and not a character. */
  readonly lifetimes?: boolean;
  /** A string in `"` runs on over the end of its line (Rust). */
  readonly longStrings?: boolean;
  /**
   * Words of which every import has one; of those in `beforeString` only such count as have a string behind them. Behind
   * the last of them in a text a few tokens tell all that there is to know. Left out where an import may go on for long.
   */
  readonly importWords?: { readonly anywhere: readonly string[]; readonly beforeString: readonly string[] };
}
