import * as vscode from 'vscode';
import type { Ask } from '../decision/Ask.js';
import { ACTIONS, type Action } from '../policy/language.js';
import type { Policy } from '../policy/Policy.js';
import type { LineSpan } from '../ports.js';
import { decisionInWords } from '../report/decision.js';
import { linesInWords } from '../regions/linesInWords.js';
import { ACTION_WORDS } from '../report/words.js';
import type { CoveredDocument } from './DocumentRegions.js';

/** The actions for which it matters where the code would go. */
const WITH_DESTINATION: ReadonlySet<Action> = new Set(['copy', 'move', 'prompt', 'export', 'publish', 'use']);

/**
 * Asks who, what, which lines, where to and when, one quick pick after another, and gives the answer as text. Undefined when
 * the person leaves half-way.
 */
export async function askDecision(covered: CoveredDocument, selection: vscode.Selection): Promise<string | undefined> {
  const { folder, policy, regions, path } = covered;
  const who = await pickWho(policy, folder.person.address);
  if (who === undefined) return undefined;
  const action = await pickAction();
  if (action === undefined) return undefined;
  const lines = await pickLines(path, selection);
  if (lines === undefined) return undefined;
  const into = WITH_DESTINATION.has(action) ? await pickDestination() : '';
  if (into === undefined) return undefined;
  const at = await pickMoment(folder.clock.now());
  if (at === undefined) return undefined;
  const ask: Ask = {
    who,
    action,
    file: path,
    at,
    ...(lines === 'all' ? {} : { lines }),
    ...(into === '' ? {} : { into }),
    ...(folder.purpose === undefined ? {} : { purpose: folder.purpose }),
  };
  return decisionInWords(folder.engine.decide(policy, regions, ask, await folder.factsAbout(who)), ask, policy);
}

const title = (step: number): string => `Developer Terms: Ask (${step} of 5)`;

async function pickWho(policy: Policy, me: string | undefined): Promise<string | undefined> {
  const partyName = (id: string): string => policy.parties.find((party) => party.id === id)?.name ?? id;
  const people = new Map<string, string>();
  for (const team of policy.teams) {
    for (const { person } of team.members) {
      if (!person.includes('*')) people.set(person, `${team.id}, ${partyName(team.party)}`);
    }
  }
  const items: (vscode.QuickPickItem & { address?: string })[] = [];
  if (me !== undefined) items.push({ label: me, description: 'you', address: me });
  for (const [address, detail] of [...people].sort()) {
    if (address !== me) items.push({ label: address, description: detail, address });
  }
  items.push({ label: 'Somebody else…', description: 'type an address' });
  const picked = await vscode.window.showQuickPick(items, {
    title: title(1),
    placeHolder: 'Who would do it?',
    matchOnDescription: true,
  });
  if (picked === undefined || picked.address !== undefined) return picked?.address;
  return vscode.window.showInputBox({
    title: title(1),
    prompt: "The person's address",
    validateInput: (text) => (text.includes('@') ? undefined : 'An address has an @, as in ana@helio.example.'),
  });
}

async function pickAction(): Promise<Action | undefined> {
  const picked = await vscode.window.showQuickPick(
    ACTIONS.map((action) => ({ label: action, description: ACTION_WORDS[action], action })),
    { title: title(2), placeHolder: 'What would they do?', matchOnDescription: true },
  );
  return picked?.action;
}

async function pickLines(path: string, selection: vscode.Selection): Promise<LineSpan | 'all' | undefined> {
  const here = { start: selection.start.line + 1, end: selection.end.line + 1 };
  const picked = await vscode.window.showQuickPick(
    [
      { label: linesInWords(here), description: 'the selection', lines: here },
      { label: 'The whole file', description: path, lines: 'all' as const },
    ],
    { title: title(3), placeHolder: 'To which code?' },
  );
  return picked?.lines;
}

async function pickDestination(): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: title(4),
    prompt: 'Where would it go? A path, remote:HOST/PATH or tool:NAME. Leave it empty when that is not known.',
    placeHolder: 'remote:github.com/acme/open',
  });
}

async function pickMoment(now: string): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title: title(5),
    prompt: 'When? An instant with its offset. Leave it as it is for now.',
    value: now,
    validateInput: (value) =>
      /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(value)
        ? undefined
        : 'Write it like 2026-06-30T12:00:00+02:00.',
  });
  return text;
}
