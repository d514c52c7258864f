/** How the editor writes an icon into text: `$(name)` or `$(name~spin)`. */
const ICON = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g;

/**
 * Text of a policy or a file name, made safe for a markdown string: every ASCII punctuation mark is escaped (CommonMark
 * 2.4 allows it for all), so that no link, image, HTML or autolink can come out of it, and line breaks become spaces.
 * Icons are found in what markdown leaves, so theirs is a backslash of its own that outlives the markdown.
 * `MarkdownString.appendText` does the same but turns every space into one that never wraps, which cuts long sentences off
 * at the hover's edge.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(ICON, '\\$&')
    .replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
