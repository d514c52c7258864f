import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../host/eventually.js';
import { fileIn, onDisk, opened, otherProgramWrites, POLICY } from '../../host/files.js';
import { hoverAt, hoverWords, plain, seesNoHover } from '../../host/hoverAt.js';
import { problemsIn, seesNoError } from '../../host/problems.js';

const ALIGN = 'perception/fusion/align.cpp';
const CAMERA = 'perception/camera/net/backbone.py';
const API = 'perception/camera/api/types.h';

/** Puts a policy in force, with the words of one of its assets' owner as the sign that it is. */
async function inForce(policy: string, file: string, line: number, words: string | RegExp): Promise<string> {
  await otherProgramWrites(POLICY, policy);
  await opened(file);
  const hover = await hoverWords(fileIn(file), line, words);
  await seesNoError(fileIn(POLICY));
  return hover;
}

/** A policy with one asset, and whatever else. */
function small(more: string, party = 'Kestrel Radar Ltd', person = 'kim@kestrel.example'): string {
  return `version: 1
agreement:
  id: X-1
  title: Trial
  from: 2026-01-01
  until: 2098-12-31
  zone: Europe/Berlin
  contact: legal@kestrel.example
  clauses: {"6.2": No copying}
parties:
  - {id: kestrel, name: ${JSON.stringify(party)}}
  - {id: helio, name: Helio Motors AG}
teams:
  - {id: theirs, party: kestrel, members: [${person}]}
tiers:
  - {name: restricted, label: RESTRICTED, ungranted: deny}
assets:
  - {id: radar-cal, owner: kestrel, tier: restricted}
${more}`;
}

describe('the hover over covered lines', () => {
  it('says whose the code is and how it is marked, what, instead and why, the clause with its heading, and whom to ask', async () => {
    const policy = (await onDisk(POLICY)).replace(/^training:[\s\S]*?(?=^guardrails:)/m, '');
    const hover = await inForce(policy, ALIGN, 7, 'No copying');
    assert.match(hover, /\*\*Protected, no access\*\* \$\(lock\)/);
    assert.match(hover, /\*\*radar-cal\*\* — Kestrel Radar Ltd, HIGHLY CONFIDENTIAL - SOURCE CODE \(lines 6–9\)/);
    assert.match(hover, /\*\*fusion\*\* — Helio Motors AG, CONFIDENTIAL \(the whole file\)/);
    assert.match(hover, /\*\*You may not\*\* do anything with this code/);
    assert.match(hover, /\*\*Clause\*\* \[6\.2 No copying of the other party's source\]/);
    assert.match(hover, /\*\*What\*\* Do not copy or move supplier source to another place\./);
    assert.match(hover, /\*\*Instead\*\* Call the published interface or ask the supplier for a header\./);
    assert.match(hover, /\*\*Why\*\* The supplier licensed inspection, not reproduction\./);
    assert.match(hover, /\*\*Ask\*\* \[legal-ip@helio\.example\]/);
    assert.match(hover, /\*\*Until\*\* 30 June 2103/, 'the agreement ends in 2098 and survives for five years');
    assert.ok(hover.indexOf('radar-cal') < hover.indexOf('fusion'), 'the innermost asset comes first');
  });

  it('is on every line of a region, its markers included, and on no line beside it', async () => {
    const policy = small('');
    await inForce(policy, ALIGN, 7, 'radar-cal');
    for (const line of [6, 7, 8, 9]) assert.ok(await hoverAt(fileIn(ALIGN), line), `line ${line}`);
    for (const line of [1, 5, 10]) assert.equal(await hoverAt(fileIn(ALIGN), line), undefined, `line ${line}`);
    await opened(CAMERA);
    assert.equal(await hoverAt(fileIn(CAMERA), 3), undefined);
  });

  it('leaves out what a carve-out takes out', async () => {
    await opened(API);
    await opened(CAMERA);
    await hoverWords(fileIn(CAMERA), 4, 'camera-net');
    assert.equal(await hoverAt(fileIn(API), 3), undefined);
  });

  it('has four links at most, all of them ours', async () => {
    await opened(ALIGN);
    await hoverWords(fileIn(ALIGN), 7, 'radar-cal');
    const markdown = (await hoverAt(fileIn(ALIGN), 7)) ?? '';
    const links = [...markdown.matchAll(/(?<!\\)\]\(([^)\s]*)/g)].map(([, target]) => target ?? '');
    assert.ok(links.length > 0 && links.length <= 4, links.join('\n'));
    for (const link of links)
      assert.match(link, /^command:developerTerms\.(openClause|showDetails|askContact|startTraining)\?/);
  });

  it('enables nothing but our own commands, and no HTML', async () => {
    await opened(ALIGN);
    await hoverWords(fileIn(ALIGN), 7, 'radar-cal');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      fileIn(ALIGN),
      new vscode.Position(6, 0),
    );
    const ours = hovers
      .flatMap((hover) => hover.contents)
      .filter((content): content is vscode.MarkdownString => content instanceof vscode.MarkdownString)
      .filter((content) => content.value.includes('developerTerms'));
    assert.equal(ours.length, 1);
    const trusted = ours[0]?.isTrusted;
    assert.ok(typeof trusted === 'object', 'not everything is trusted');
    for (const command of trusted.enabledCommands) assert.match(command, /^developerTerms\./);
    assert.ok(!ours[0]?.supportHtml);
  });

  it('shows nothing of the protected code itself', async () => {
    await opened(ALIGN);
    const hover = await hoverWords(fileIn(ALIGN), 7, 'radar-cal');
    for (const text of ['CAL[3]', '0.1f', 'correct', 'float', 'TERMS-BEGIN']) assert.ok(!hover.includes(text), text);
  });

  it('says that a marker names an asset which the policy does not know, or none', async () => {
    const { document } = await opened(ALIGN);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(
      document.uri,
      new vscode.Position(10, 0),
      '// TERMS-BEGIN asset=nobody-knows\nint a;\n// TERMS-END\n// TERMS-BEGIN\nint b;\n// TERMS-END\n',
    );
    await vscode.workspace.applyEdit(edit);
    const unknown = await hoverWords(document.uri, 12, 'nobody-knows');
    assert.match(unknown, /does not know this asset, so the code counts as the highest tier/);
    const unnamed = await hoverWords(document.uri, 15, 'does not name an asset');
    assert.doesNotMatch(unnamed, /undefined|\*\*\*\*/);
    const codes = problemsIn(document.uri).map(({ at, code }) => `${at.split(':')[0]} ${code}`);
    assert.deepEqual(codes, ['11 unknown-asset', '14 marker-without-asset']);
  });

  it('tells its owner that the code is open to them', async () => {
    const hover = await inForce(small('', 'Kestrel Radar Ltd', 'ana@helio.example'), ALIGN, 7, 'open to you');
    assert.match(hover, /\$\(unlock\)/);
    assert.match(hover, /\*\*You may\*\* do anything with this code/);
    assert.doesNotMatch(hover, /You may not/);
  });

  it('tells somebody with a grant what it permits, and until when', async () => {
    const hover = await inForce(
      small(`grants:
  - {id: g, to: ["person:ana@helio.example"], covers: [radar-cal], actions: [view, use], until: 2097-06-30, clause: "6.2"}`).replace(
        'members: [kim@kestrel.example]}',
        'members: [kim@kestrel.example]}\n  - {id: ours, party: helio, members: [ana@helio.example]}',
      ),
      ALIGN,
      7,
      'until 30 June 2097',
    );
    assert.match(hover, /\*\*You may\*\* view and import or call, until 30 June 2097/);
    assert.match(hover, /view only/);
  });

  it('writes the words of the policy as they are: no link, image, code, icon, HTML or heading comes out of them', async () => {
    const evil =
      '**b** [x](command:workbench.action.quit) ![i](https://e.example/i.png) <img src=x> `c` $(flame) https://e.example _u_ &lt; # h';
    const hover = await inForce(
      small(
        `guardrails:
  - {id: g, covers: [radar-cal], actions: [edit], effect: deny, clause: "6.2", contact: legal@kestrel.example,
     what: ${JSON.stringify(`WHAT ${evil}`)}, why: ${JSON.stringify(`WHY ${evil}`)}, instead: ${JSON.stringify(`INSTEAD ${evil}`)}}`,
        `Evil ${evil}`,
      ).replace('No copying', JSON.stringify(`HEADING ${evil}`)),
      ALIGN,
      7,
      'WHAT',
    );
    for (const lead of ['Evil', 'WHAT', 'WHY', 'INSTEAD', 'HEADING'])
      assert.ok(hover.includes(`${lead} ${evil}`), `${lead} in ${hover}`);
    const markdown = (await hoverAt(fileIn(ALIGN), 7)) ?? '';
    const targets = [...markdown.matchAll(/(?<!\\)\]\(([^)\s]*)/g)].map(([, target]) => target ?? '');
    assert.ok(
      targets.every((target) => target.startsWith('command:developerTerms.')),
      targets.join('\n'),
    );
    assert.equal(plain(markdown), hover);
  });

  it('names whom to ask before a reason, which may be very long', async () => {
    const why = `Because ${'of what the parties agreed on, '.repeat(30)}and so on.`;
    const hover = await inForce(
      small(`guardrails:
  - {id: g, covers: [radar-cal], actions: [edit], effect: deny, clause: "6.2", contact: legal@kestrel.example,
     what: Do not edit., why: ${JSON.stringify(why)}, instead: Ask.}`),
      ALIGN,
      7,
      'Because of what',
    );
    assert.ok(hover.indexOf('legal@kestrel.example') < hover.indexOf('Because'), hover);
    assert.ok(hover.includes(why));
  });

  it('goes when the markers go, and comes when they come, without saving', async () => {
    await inForce(small('', 'Kestrel Radar Ltd', 'ana@helio.example'), ALIGN, 7, 'radar-cal');
    const editor = await opened(ALIGN);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// one\n// two\n'));
    await hoverWords(editor.document.uri, 11, 'lines 8–11');
    await seesNoHover(editor.document.uri, 7);
    await editor.edit((edit) => edit.delete(new vscode.Range(7, 0, 8, 0)));
    await seesNoHover(editor.document.uri, 8);
    await vscode.commands.executeCommand('undo');
    await hoverWords(editor.document.uri, 9, 'lines 8–11');
    assert.equal(editor.document.isDirty, true);
  });

  it('follows several cursors that type at once', async () => {
    await inForce(small('', 'Kestrel Radar Ltd', 'ana@helio.example'), ALIGN, 7, 'radar-cal');
    const editor = await opened(ALIGN);
    await editor.edit((edit) => {
      for (const line of [0, 2, 6, 9]) edit.insert(new vscode.Position(line, 0), '// more\n');
    });
    await hoverWords(editor.document.uri, 9, 'lines 8–12');
    await seesNoHover(editor.document.uri, 13);
  });

  it('opens the policy at the clause, and the details as plain text without the code', async () => {
    await opened(ALIGN);
    await hoverWords(fileIn(ALIGN), 7, 'radar-cal');
    const markdown = (await hoverAt(fileIn(ALIGN), 7)) ?? '';
    const command = (name: string) => {
      const [, args] = new RegExp(`command:developerTerms\\.${name}\\?([^ )]*)`).exec(markdown) ?? [];
      assert.ok(args, `a link to ${name} in ${markdown}`);
      return JSON.parse(decodeURIComponent(args)) as unknown[];
    };
    const clause = command('openClause');
    await vscode.commands.executeCommand('developerTerms.openClause', ...clause);
    const policy = vscode.window.activeTextEditor;
    assert.ok(policy, 'an editor is open');
    assert.ok(policy.document.uri.path.endsWith('/developer-terms.yaml'));
    assert.ok(policy.document.lineAt(policy.selection.active.line).text.includes(`"${String(clause[1])}":`));

    await vscode.commands.executeCommand('developerTerms.showDetails', ...command('showDetails'));
    const details = await eventually('the details', () => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.uri.scheme === 'developer-terms-details' && document;
    });
    const text = details.getText();
    assert.match(
      text,
      /^Developer terms for perception\/fusion\/align\.cpp, line 7\nAs they apply to ana@helio\.example/,
    );
    assert.match(text, /radar-cal: Kestrel Radar Ltd/);
    assert.match(text, /^ {2}edit +no/m);
    for (const code of ['CAL', '0.1f', 'correct(', 'align(']) assert.ok(!text.includes(code), code);
  });
});
