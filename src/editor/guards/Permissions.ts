import * as vscode from 'vscode';
import type { Decision } from '../../decision/Decision.js';
import { decidingAssets } from '../../report/decidingAssets.js';
import { mainReason } from '../../report/mainReason.js';
import { waitsForPurpose } from '../../report/waitsForPurpose.js';
import { whose } from '../../policy/whose.js';
import { asSentence } from '../../report/words.js';
import { choosePurpose } from '../choosePurpose.js';
import { actIn } from './actIn.js';
import type { Question, Verdict } from './Verdict.js';

/** A shorter reason says nothing to whoever reads it in a dispute. */
const SHORTEST_REASON = 8;

/**
 * Answers a guard's questions for the person at hand, and asks that person for a purpose or a reason where the terms want
 * one: once per asset, action and session.
 */
export class Permissions {
  /** Reasons given in this session, by folder, asset and action. */
  private readonly given = new Map<string, string>();
  /** A dialogue that is open, by the same key: whoever asks meanwhile waits for the same answer. */
  private readonly asking = new Map<string, Promise<string | undefined>>();

  /** The answer as things stand, at once and without asking anybody. */
  judge(question: Question): Verdict {
    const { folder, policy, regions } = question;
    const decision = folder.decide(policy, regions, actIn(question));
    switch (decision.effect) {
      case 'allow':
        return { kind: 'allowed', question, decision };
      case 'warn':
        return { kind: 'warned', question, decision };
      case 'deny':
        return { kind: 'refused', question, decision };
      case 'justify': {
        const reasons = keysOf(question, decision).map((key) => this.given.get(key));
        const known = reasons.filter((reason) => reason !== undefined);
        return known.length > 0 && known.length === reasons.length
          ? { kind: 'justified', question, decision, reason: [...new Set(known)].join(' / ') }
          : { kind: 'unsettled', question, decision };
      }
    }
  }

  /**
   * The answer after asking what has to be asked; never `unsettled`. `deed` names what the person wants to do: "edit lines
   * 12–40 of edge/limits.cpp". Leaving the dialogue means no.
   */
  async settle(question: Question, deed: string): Promise<Verdict> {
    let verdict = this.judge(question);
    if (verdict.kind === 'unsettled' && waitsForPurpose(verdict.decision)) {
      await choosePurpose(question.folder);
      verdict = this.judge(question);
      if (verdict.kind === 'unsettled' && waitsForPurpose(verdict.decision)) return { ...verdict, kind: 'cancelled' };
    }
    if (verdict.kind !== 'unsettled') return verdict;
    const keys = keysOf(question, verdict.decision);
    const joined = keys.join('\n');
    let asked = this.asking.get(joined);
    if (asked === undefined) {
      asked = askForReason(question, verdict.decision, deed).finally(() => this.asking.delete(joined));
      this.asking.set(joined, asked);
    }
    const reason = await asked;
    if (reason === undefined) return { ...verdict, kind: 'cancelled' };
    for (const key of keys) this.given.set(key, reason);
    return this.judge(question);
  }

  /** What was said of one act holds for another that is part of the same deed, where the same rules want a reason for both. */
  share({ decision, reason }: Verdict, question: Question): void {
    const other = this.judge(question);
    if (reason === undefined || other.kind !== 'unsettled' || waitsForPurpose(other.decision)) return;
    if (other.decision.rules.join() !== decision.rules.join()) return;
    for (const key of keysOf(question, other.decision)) if (!this.given.has(key)) this.given.set(key, reason);
  }
}

/** One key for each asset whose rules want a reason. */
function keysOf({ folder, action }: Question, { because }: Decision): string[] {
  const assets = because.filter(({ effect }) => effect === 'justify').map(({ asset }) => asset ?? '');
  return [...new Set(assets)].map((asset) => JSON.stringify([folder.root.toString(), asset, action]));
}

async function askForReason({ policy }: Question, decision: Decision, deed: string): Promise<string | undefined> {
  const rule = mainReason(decision);
  const clause = rule?.clause === undefined ? '' : ` (clause ${rule.clause})`;
  const answer = await vscode.window.showInputBox({
    title: `Why do you ${deed}?`,
    prompt:
      `${whose(decidingAssets(decision), policy)}${clause}: ${asSentence(rule?.what ?? 'The terms ask for a reason.')} ` +
      'Your reason is kept with your name. Enter goes on, Escape leaves everything as it was.',
    placeHolder: 'The reason, as you would give it to the owner of this code',
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim().length < SHORTEST_REASON
        ? 'Write a few words that the owner of this code will understand.'
        : undefined,
  });
  return answer?.trim();
}
