/** What a run inside the extension host reports, one JSON object a line. */
export type HostMessage =
  | { readonly kind: 'begin'; readonly vscode: string; readonly node: string }
  | { readonly kind: 'passed'; readonly title: string; readonly ms: number }
  | { readonly kind: 'failed'; readonly title: string; readonly error: string }
  | { readonly kind: 'skipped'; readonly title: string }
  /** Something measured, for a benchmark. */
  | { readonly kind: 'measured'; readonly measure: string; readonly value: number }
  | { readonly kind: 'end' };
