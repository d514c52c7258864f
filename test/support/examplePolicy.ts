import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { policyLanguage } from '../../src/policy/language.js';
import type { Policy } from '../../src/policy/Policy.js';

/** A policy from its text; the test fails when there is an error in it. */
export function policyFrom(text: string): Policy {
  return { ...policyLanguage.parse(parse(text)), places: {} };
}

/** A policy file of the repository, by its path from the root. */
export function policyAt(path: string): Policy {
  return policyFrom(readFileSync(path, 'utf8'));
}
