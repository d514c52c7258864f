import assert from 'node:assert/strict';
import { findingsForGithub } from '../../src/report/findingsForGithub.js';
import { githubCommand, githubLine } from '../../src/report/githubCommand.js';
import { checked, decided, finding, guardrail, policy } from '../support/findings.js';

const warning = decided([{ ...guardrail, effect: 'warn' }]);

describe('Findings for GitHub Actions', () => {
  it('stand beside their lines, with the clause in the title and the terms in the message', () => {
    const [first] = findingsForGithub(checked(finding()), policy).split('\n');
    assert.match(
      first ?? '',
      /^::error file=src\/a b\.ts,line=4,endLine=9,title=Copy of covered code \(clause 6\.2\)::/,
    );
    for (const part of ['Lines 4–9 repeat', '%0AClause 6.2', '%0AInstead: Call', '%0AAsk: legal@partner.example.'])
      assert.ok(first?.includes(part), part);
  });

  it('escape what would end a property or a message', () => {
    assert.equal(
      githubCommand('error', { file: 'a,b:c%\n', line: 1, col: undefined }, '50%\r\n::error::'),
      '::error file=a%2Cb%3Ac%25%0A,line=1::50%25%0D%0A::error::\n',
    );
  });

  it('never become commands in the log, whatever a file is called', () => {
    for (const name of ['::error::x', '  ::set-env name=A::b', '##[error]x', 'a\n::error::x', '\u001b[31m'])
      for (const line of githubLine(name).split('\n')) {
        assert.ok(!/^\s*::/.test(line), line);
        assert.ok(!line.includes('##['));
        assert.ok(!/\p{Cc}/u.test(line));
      }
    const path = 'a\n::error::x';
    const text = findingsForGithub(checked(finding({ path, outcome: 'waived' })), policy);
    assert.ok(!text.split('\n').some((line) => line.startsWith('::error')), text);
  });

  it('show the gravest ten, and say in the tenth how many more there are', () => {
    const many = Array.from({ length: 14 }, (_, at) => finding({ path: `f${at}.ts`, message: `m${at}` }));
    const asks = finding({
      path: 'ask.ts',
      effect: 'justify',
      decision: decided([{ ...guardrail, effect: 'justify' }]),
    });
    const text = findingsForGithub(checked(asks, ...many), policy);
    const errors = text.split('\n').filter((line) => line.startsWith('::error'));
    assert.equal(errors.length, 10);
    assert.ok(errors[0]?.includes('file=f0.ts'), 'what is denied comes before what wants a reason');
    assert.match(errors[9] ?? '', /::6 more like these are in the log/);
    assert.match(text, /::group::Other findings\n- f9\.ts:4 fails: m9 /);
    assert.match(text, /- ask\.ts:4/);
  });

  it('show exactly ten where there are ten, and warnings on their own', () => {
    const ten = Array.from({ length: 10 }, () => finding());
    const warned = finding({ outcome: 'warned', effect: 'warn', decision: warning });
    const lines = findingsForGithub(checked(...ten, warned), policy).split('\n');
    assert.equal(lines.filter((line) => line.startsWith('::error file=')).length, 10);
    assert.equal(lines.filter((line) => line.startsWith('::warning file=')).length, 1);
  });

  it('say what was found in one line at the end', () => {
    const waived = finding({ outcome: 'waived', effect: 'allow', decision: decided([], ['w']) });
    assert.match(findingsForGithub(checked(finding(), waived), policy), /\ndevterms: 1 to put right, 1 waived\.\n$/);
    assert.equal(findingsForGithub(checked(), policy), 'devterms: nothing found.\n');
  });
});
