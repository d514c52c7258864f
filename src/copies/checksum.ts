/** Two words of 32 bits. */
export type Checksum = readonly [number, number];

/**
 * 64 bits over all words; they find accidents, not forgery. Words with a sign, since those need no memory of their own
 * before the loop is compiled. `before` is the checksum of what came before them.
 */
export function checksum(words: Int32Array, before: Checksum = [0x9e3779b9, 0x7f4a7c15]): Checksum {
  let [a, b] = [before[0] | 0, before[1] | 0];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number;
    a = Math.imul(a ^ word, 0x85ebca6b);
    a = (a << 13) | (a >>> 19);
    b = (Math.imul(b + word, 0xc2b2ae35) ^ (b >>> 15)) | 0;
  }
  return [a >>> 0, b >>> 0];
}
