import assert from 'node:assert/strict';
import { parsePolicy } from '../../src/policy/parsePolicy.js';
import { problemCount, problemLines, problemsJson } from '../../src/report/problems.js';

const { problems } = parsePolicy('version: 2\nagreement: {id: A, title: T, zone: UTC}\nparties: [{id: a, name: A}]\n', {
  file: 'terms/a.yaml',
});

describe('a report of problems', () => {
  it('is a line each, as compilers print them', () => {
    assert.deepEqual(problemLines(problems), [
      'terms/a.yaml:1:10 error unknown-version This is not a version of the policy language that is known here. Write `version: 1`.',
      'terms/a.yaml:2:1 warning no-contact Where a rule names nobody, there is nobody to ask. Add `contact:` with an address.',
    ]);
    assert.deepEqual(problemLines([]), []);
  });

  it('stays a line each, whatever the file is called', () => {
    assert.equal(problemLines(problems.map((problem) => ({ ...problem, file: 'a\nb' })))[0]?.split('\n').length, 1);
  });

  it('counts in words', () => {
    assert.equal(problemCount(problems), '1 error, 1 warning');
    assert.equal(problemCount([]), 'no problems');
    assert.equal(problemCount([...problems, ...problems]), '2 errors, 2 warnings');
  });

  it('is JSON with the same problems and a summary', () => {
    const json = JSON.parse(problemsJson(problems)) as { problems: unknown; summary: unknown };
    assert.deepEqual(json.problems, JSON.parse(JSON.stringify(problems)));
    assert.deepEqual(json.summary, { errors: 1, warnings: 1, notices: 0 });
  });
});
