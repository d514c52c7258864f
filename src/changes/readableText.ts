/** Larger files (bytes) are data, whatever their name; reading one would hold everything else up. */
export const LARGEST_FILE = 20 * 1024 * 1024;

/** As much of a file as tells whether it is text. */
const SAMPLE = 8000;

/** The text in a file's bytes; undefined for what is no text: it has a NUL near its beginning, as git tells it, too. */
export function readableText(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, SAMPLE).includes(0)) return undefined;
  return new TextDecoder().decode(bytes);
}
