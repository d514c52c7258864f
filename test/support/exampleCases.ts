import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCases, type Cases } from '../../src/decision/cases.js';
import type { Policy } from '../../src/policy/Policy.js';
import { policyAt } from './examplePolicy.js';

export interface ExampleCases {
  /** From the repository's root. */
  readonly path: string;
  readonly cases: Cases;
  readonly policy: Policy;
}

/** Every file of cases below examples/, with its policy; the test fails when one has errors. */
export function exampleCases(): readonly ExampleCases[] {
  return readdirSync('examples', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.cases.yaml') && !path.includes('node_modules'))
    .sort()
    .map((found) => {
      const path = join('examples', found);
      const { cases, problems } = readCases(readFileSync(path, 'utf8'), path);
      assert.deepEqual(problems, []);
      assert.ok(cases);
      return { path, cases, policy: policyAt(join(dirname(path), cases.policy)) };
    });
}
