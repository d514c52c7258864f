import type { Act } from './Act.js';
import type { Finding } from './Finding.js';

/** SHA-256 of a text's UTF-8, in lower-case hex. */
export type Digest = (text: string) => string;

/** As much of a text as its shape is taken from, in characters: the rest of a file of megabytes tells nothing more. */
const LONGEST = 100_000;

/**
 * The shape of code: every word is `a`, every number `0`, every string `"`; white space is gone. What is left are signs, so
 * that neither a name nor a value can be guessed from a hash of it, and neither formatting nor renaming changes it.
 */
export function shapeOf(text: string): string {
  return text
    .slice(0, LONGEST)
    .replace(/"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '"')
    .replace(/[\p{L}_$][\p{L}\p{N}_$]*/gu, 'a')
    .replace(/\p{N}[\p{L}\p{N}.]*/gu, '0')
    .replace(/\s+/g, '');
}

/** A finding that has no fingerprint yet, with the text that it is about. */
export interface Unmarked extends Omit<Finding, 'fingerprint'> {
  readonly text: string;
  /** What was done, where a finding came of it. */
  readonly act?: Act;
}

/**
 * Gives findings their fingerprints. Two that are alike in everything that counts are told apart by their order, so that a
 * baseline which knows one of them does not pass the other.
 */
export function withFingerprints(findings: readonly Unmarked[], digest: Digest): Finding[] {
  const times = new Map<string, number>();
  return findings.map(({ text, act: _, ...finding }) => {
    const { kind, action, path, source, into, assets, policyChange, decision } = finding;
    const content = JSON.stringify([
      'devterms finding 1',
      kind,
      action,
      path,
      source?.path,
      assets,
      decision.rules,
      policyChange?.sentence,
      shapeOf(text),
      ...(into === undefined ? [] : [into]),
    ]);
    const time = (times.get(content) ?? 0) + 1;
    times.set(content, time);
    return { ...finding, fingerprint: digest(`${content}\n${time}`).slice(0, 32) };
  });
}
