import type { Act } from '../../src/evidence/Act.js';
import { EvidenceRecorder } from '../../src/evidence/EvidenceRecorder.js';
import { sha256 } from '../../src/node/sha256.js';
import type { EvidenceStore } from '../../src/ports.js';
import { answer, CO_BUILD } from './asking.js';
import { policyFrom } from './examplePolicy.js';

/** The small co-build with a wall, a clause and a guardrail that logs, and with copies and views recorded. */
export const RECORDED = `${CO_BUILD}
walls:
  - {id: w, sides: [{name: one, who: [fusion], assets: [notes]}, {name: two, who: [north-core], assets: [net]}], above: [fusion]}
guardrails:
  - {id: no-copy, covers: [net], actions: [copy], effect: deny, clause: "6.10", what: W., why: Y., instead: I.}
  - {id: logged, covers: [net], actions: [export], effect: deny, what: W., why: Y., instead: I., duties: [log]}
`;
export const RECORDING = policyFrom(`${RECORDED}evidence: {record: [copy, view], keep: P1Y}\n`);

/** Ana's refused copy of lines 12 to 40 of net/a.py, or what a test makes of it. */
export function actOf(more: Partial<Act> = {}): Act {
  const policy = more.policy ?? RECORDING;
  const action = more.action ?? 'copy';
  return {
    policy,
    policyHash: 'ab'.repeat(32),
    person: { address: 'ana@helio.example', source: "git's user.email" },
    action,
    decision: answer(policy, { action }),
    outcome: 'refused',
    place: { path: 'net/a.py', lines: { start: 12, end: 40 } },
    ...more,
  };
}

/** A recorder whose clock goes on by a minute whenever it is asked, from 10:00 on 20 May 2026 or another instant. */
export function recorderOn(
  store: EvidenceStore,
  more: { heldLimit?: number; sizeLimit?: number; session?: string; from?: string } = {},
  onChange?: () => void,
): EvidenceRecorder {
  const { from = '2026-05-20T10:00:00Z', ...ports } = more;
  let at = Date.parse(from) - 60_000;
  const clock = { now: () => new Date((at += 60_000)).toISOString() };
  return new EvidenceRecorder({ store, clock, hash: sha256, session: 's1', product: '1.2.3', ...ports }, onChange);
}
