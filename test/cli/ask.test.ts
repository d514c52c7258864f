import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { CO_BUILD } from '../support/asking.js';
import { devterms, inFolder } from '../support/commandLine.js';

const policy = `${CO_BUILD}
grants: [{id: g, to: [fusion], covers: [net], actions: [view, copy], purpose: [integration], until: 2026-06-30, clause: "3.2"}]
guardrails:
  - {id: no-copy, covers: [net], actions: [copy], effect: deny, clause: "6.2", what: Do not copy this source.,
     why: "It was licensed for inspection, not for reproduction.", instead: Call the published interface.}
training: [{id: c, title: Safe hands, covers: [net], actions: [copy], url: "https://learn.example/c"}]
`;
const files = {
  'developer-terms.yaml': policy,
  'net/a.py': 'x = 1\n',
  'free/b.c': 'int a;\n// TERMS-BEGIN asset=notes\nint b;\n// TERMS-END\n',
  'records.yaml': '- {person: ana@helio.example, course: c, passed: 2026-01-01}\n',
};
const may = '2026-05-20T12:00:00+02:00';
const ana = ['--who', 'ana@helio.example'];

describe('devterms ask', () => {
  it('says yes until when and for what, and exits 0', () =>
    inFolder(files, async (folder) => {
      const { code, out, err } = await devterms(
        folder,
        'ask',
        ...ana,
        '--action',
        'view',
        '--file',
        'net/a.py',
        '--purpose',
        'integration',
        '--at',
        may,
      );
      assert.equal(code, 0);
      assert.equal(err, '');
      assert.equal(
        out,
        `Yes. ana@helio.example may view net/a.py until 30 June 2026, for the purpose integration.

Because:
  - The grant 'g' permits view and copy for the purpose integration until 30 June 2026.
    grant 'g' permits, clause 3.2

This code is restricted: net.
`,
      );
    }));

  it('says no on that day, why not, what instead and whom to ask, and exits 1', () =>
    inFolder(files, async (folder) => {
      const { code, out, err } = await devterms(
        folder,
        'ask',
        ...ana,
        '--action',
        'copy',
        '--file',
        'net/a.py',
        '--lines',
        '12-40',
        '--into',
        'free/b.c',
        '--purpose',
        'integration',
        '--at',
        '2026-07-01',
        '--records',
        'records.yaml',
      );
      assert.equal(code, 1);
      assert.equal(err, 'A day is taken at its start: 1 July 2026, 00:00 (Europe/Berlin).\n');
      assert.equal(
        out,
        `No. ana@helio.example may not copy lines 12–40 of net/a.py into free/b.c on 1 July 2026, 00:00 (Europe/Berlin), for the purpose integration.

Because:
  - No grant lets ana@helio.example copy 'net'. The grant 'g' ended on 30 June 2026. It belongs to Northlight, and others may only do what a grant permits.
    by default (ungranted): deny
    Instead: Apply for a grant, or for the earlier one to be renewed or widened.
    Ask: keys@north.example
  - Do not copy this source. It was licensed for inspection, not for reproduction.
    guardrail 'no-copy' forbids, clause 6.2
    Instead: Call the published interface.
    Ask: legal@helio.example

Note:
  - The grant 'g' ended on 30 June 2026.

This code is restricted: net.
`,
      );
    }));

  it('asks for the purpose where none was stated, and exits 1', () =>
    inFolder(files, async (folder) => {
      const { code, out } = await devterms(
        folder,
        'ask',
        ...ana,
        '--action',
        'view',
        '--file',
        'net/a.py',
        '--at',
        may,
      );
      assert.equal(code, 1);
      assert.match(out, /^Only for a stated purpose\. ana@helio\.example may view net\/a\.py on 20 May 2026/);
      assert.match(out, /Instead: State the purpose: integration\./);
    }));

  it('gives the decision as JSON, with the documented keys only', () =>
    inFolder(files, async (folder) => {
      const { out } = await devterms(
        folder,
        'ask',
        ...ana,
        '--action',
        'copy',
        '--file',
        'net/a.py',
        '--at',
        may,
        '--format',
        'json',
      );
      const decision = JSON.parse(out) as { because: Record<string, unknown>[] } & Record<string, unknown>;
      assert.deepEqual(Object.keys(decision), [
        'effect',
        'rules',
        'waived',
        'notices',
        'duties',
        'tier',
        'assets',
        'because',
      ]);
      assert.deepEqual(decision.rules, ['guardrail:no-copy', 'training:c']);
      assert.deepEqual(decision.because[0], {
        rule: 'guardrail:no-copy',
        effect: 'deny',
        clause: '6.2',
        what: 'Do not copy this source.',
        why: 'It was licensed for inspection, not for reproduction.',
        instead: 'Call the published interface.',
        contact: 'legal@helio.example',
      });
    }));

  it('reads the markers of the file on disk, from a folder below the policy', () =>
    inFolder(files, async (folder) => {
      const ask = (lines: string) =>
        devterms(
          join(folder, 'free'),
          'ask',
          ...ana,
          '--action',
          'edit',
          '--file',
          'b.c',
          '--lines',
          lines,
          '--at',
          may,
        );
      assert.equal((await ask('1')).code, 0);
      assert.match((await ask('1')).out, /No asset of the policy covers this code/);
      assert.equal((await ask('3')).code, 1);
      assert.match((await ask('3')).out, /may not edit line 3 of free\/b\.c/);
    }));

  it('judges a symbolic link by the link and by its target', () =>
    inFolder(files, async (folder) => {
      symlinkSync(join(folder, 'net/a.py'), join(folder, 'free/link.py'));
      const { code, out } = await devterms(
        folder,
        'ask',
        ...ana,
        '--action',
        'edit',
        '--file',
        'free/link.py',
        '--at',
        may,
      );
      assert.equal(code, 1);
      assert.match(out, /No grant lets ana@helio\.example edit 'net'/);
    }));

  it('without an action says what covers the code, for the person git names', () =>
    inFolder(files, async (folder) => {
      execFileSync('git', ['init', '-q', folder]);
      execFileSync('git', ['-C', folder, 'config', 'user.email', 'nia@north.example']);
      const { code, out, err } = await devterms(folder, 'ask', '--file', 'free/b.c', '--lines', '2-3', '--at', may);
      assert.equal(code, 0);
      assert.equal(err, "For nia@north.example, as claimed by git's user.email.\n");
      assert.match(
        out,
        /^lines 2–3 of free\/b\.c is covered by:\n {2}- notes of Northlight, confidential, by markers, lines 2–4\n/,
      );
      assert.match(out, /nia@north\.example, 20 May 2026, 12:00 \(Europe\/Berlin\):\n {2}view {5}yes {6}default:owner/);
    }));

  it('refuses a question that it does not understand with what to write, and exits 2', () =>
    inFolder({ ...files, 'broken.yaml': 'records: [{person: a@x.example}]' }, async (folder) => {
      const refused = async (message: RegExp, ...args: string[]) => {
        const { code, out, err } = await devterms(folder, 'ask', ...args);
        assert.equal(code, 2, args.join(' '));
        assert.equal(out, '');
        assert.match(err, message);
      };
      const file = ['--file', 'net/a.py'];
      await refused(/Say which file: --file PATH/);
      await refused(/There is no action 'coppy'\. Did you mean 'copy'\?/, ...ana, ...file, '--action', 'coppy');
      await refused(/'40-12' is no span of lines/, ...ana, ...file, '--lines', '40-12');
      await refused(/'1 July' is no moment/, ...ana, ...file, '--at', '1 July');
      await refused(/no format 'xml'/, ...ana, ...file, '--format', 'xml');
      await refused(/outside the policy's repository/, ...ana, '--file', '../elsewhere.c');
      await refused(/There is no file none\.yaml/, ...ana, ...file, '--records', 'none.yaml');
      await refused(/broken\.yaml, line 1: 'course' is missing/, ...ana, ...file, '--records', 'broken.yaml');
      await refused(/This command takes --file, --who/, ...file, '--wo', 'ana@helio.example');
    }));

  it('says that there is no policy, or that it has errors and where', async () => {
    await inFolder({ 'a.c': '' }, async (folder) => {
      const { code, err } = await devterms(folder, 'ask', ...ana, '--file', 'a.c');
      assert.equal(code, 2);
      assert.match(err, /There is no developer-terms\.yaml/);
    });
    await inFolder({ 'developer-terms.yaml': 'version: 2\n' }, async (folder) => {
      const { code, out, err } = await devterms(folder, 'ask', ...ana, '--file', 'a.c');
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, /^developer-terms\.yaml:1:10: error: /m);
    });
  });
});
