import assert from 'node:assert/strict';
import { CO_BUILD } from '../support/asking.js';
import { devterms, inFolder } from '../support/commandLine.js';

const asked = 'ask: {who: ana@helio.example, action: view, file: net/a.py, at: "2026-05-20T12:00:00+02:00"}';
const cases = (expect: string) => `policy: p.yaml
cases:
  - id: right
    ${asked}
    expect: {effect: deny, rules: ["default:ungranted"]}
  - id: wrong
    ${asked}
    expect: ${expect}
    why: It is meant to fail.
`;

describe('devterms test', () => {
  it('shows what differs in a failing case, at its line, and exits 1', () =>
    inFolder(
      {
        'p/p.yaml': CO_BUILD,
        'p/a.cases.yaml': cases('{effect: allow, rules: [grant:g, default:ungranted], notices: [n], tier: sealed}'),
      },
      async (folder) => {
        const { code, out } = await devterms(folder, 'test', 'p/a.cases.yaml');
        assert.equal(code, 1);
        assert.equal(
          out,
          `✗ p/a.cases.yaml:6 wrong
    effect: expected allow, got deny
    rules: expected default:ungranted, grant:g, got default:ungranted
    notices: expected n, got none
    tier: expected sealed, got restricted
    It is meant to fail.
✗ p/a.cases.yaml: 1 of 2 cases pass
`,
        );
        const json = await devterms(folder, 'test', 'p/a.cases.yaml', '--format', 'json');
        const report = JSON.parse(json.out) as {
          files: { failed: number; cases: { line: number; passed: boolean }[] }[];
        };
        assert.equal(report.files[0]?.failed, 1);
        assert.deepEqual(
          report.files[0].cases.map(({ line, passed }) => [line, passed]),
          [
            [3, true],
            [6, false],
          ],
        );
      },
    ));

  it('exits 0 when every case passes, lists being sets', () =>
    inFolder(
      { 'p.yaml': CO_BUILD, 'a.cases.yaml': cases('{effect: deny, rules: [default:ungranted, default:ungranted]}') },
      async (folder) => {
        const { code, out } = await devterms(folder, 'test', 'a.cases.yaml');
        assert.equal(code, 0);
        assert.equal(out, '✓ a.cases.yaml: 2 of 2 cases pass\n');
      },
    ));

  it('exits 2 with the place of what is wrong in a file of cases', async () => {
    const wrong = async (text: string, message: RegExp) =>
      inFolder({ 'p.yaml': CO_BUILD, 'a.cases.yaml': text }, async (folder) => {
        const { code, out, err } = await devterms(folder, 'test', 'a.cases.yaml');
        assert.equal(code, 2, text);
        assert.equal(out, '');
        assert.match(err, message);
      });
    await wrong('policy: p.yaml\n', /^a\.cases\.yaml:1:1: error: 'cases' is missing/);
    await wrong('', /'policy' is missing|Keys and values are expected/);
    await wrong('policy: [', /^a\.cases\.yaml:1:/);
    await wrong('- a\n- b\n', /Keys and values are expected here: policy, world, cases/);
    await wrong(
      cases('{effect: maybe, rules: []}'),
      /:8:22: error: 'maybe' is no effect\. Write one of allow, warn, justify, deny/,
    );
    await wrong(cases('{effect: deny}'), /:8:13: error: 'rules' is missing/);
    await wrong(cases('{effect: deny, rules: [], rule: []}'), /'rule' is no key here/);
    await wrong(cases('{effect: deny, rules: [], duties: [sing]}'), /'sing' is no duty/);
    await wrong(
      cases('{effect: deny, rules: []}').replace('id: wrong', 'id: right'),
      /:6:9: error: Two cases are called 'right'/,
    );
    await wrong(cases('{effect: deny, rules: []}').replace('action: view', 'action: look'), /'look' is no action/);
    await wrong(
      cases('{effect: deny, rules: []}').replace('file: net', 'lines: 4-2, file: net'),
      /'4-2' is no span of lines/,
    );
    await wrong(cases('{effect: deny, rules: []}').replace('p.yaml', 'q.yaml'), /There is no file q\.yaml/);
  });
});
