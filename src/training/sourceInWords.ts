import { momentInWords } from '../policy/moments.js';
import type { SourceState, SourceStatus } from './CourseRecords.js';

/** The name of the source that pasted badges are. */
export const PASTED = 'the list of pasted badges';

/** How a source is, as the end of a sentence: "the record store lrs.example refuses the credential". */
export function stateInWords(
  { kind, name, state }: Pick<SourceStatus, 'kind' | 'name' | 'state'>,
  zone: string,
): string {
  return `${what(kind, name)} ${predicate(state, zone)}`;
}

function what(kind: SourceStatus['kind'], name: string): string {
  switch (kind) {
    case 'xapi':
      return `the record store ${name}`;
    case 'file':
      return `the register ${name}`;
    case 'badge':
      return name === PASTED ? name : `the file of badges ${name}`;
  }
}

function predicate(state: SourceState, zone: string): string {
  switch (state.kind) {
    case 'read':
      return 'was read';
    case 'kept':
      return 'was read a moment ago';
    case 'behind':
      return `has not taken in what happened after ${momentInWords(state.through, zone)}`;
    case 'missing':
      return 'is not there';
    case 'unreadable':
      return `cannot be read: ${state.why}`;
    case 'unsigned':
      return 'is not signed, and counts for nothing without a signature';
    case 'bad-signature':
      return `has a signature that is not good: ${state.why}`;
    case 'strange-signature':
      return 'is signed with a key of no approver';
    case 'being-asked':
      return 'is being asked';
    case 'not-asked':
      return 'is not asked, since nothing is fetched here';
    case 'unconfirmed':
      return state.confirmed.length === 0
        ? 'is not asked, since nobody has agreed to it for this repository'
        : `is not asked, since nobody has agreed to it for this repository, only to ${state.confirmed.join(' and ')}`;
    case 'no-credential':
      return 'is not asked, since there is no credential for it';
    case 'unauthorised':
      return 'does not accept the credential (401)';
    case 'forbidden':
      return 'does not let the credential read statements (403)';
    case 'not-found':
      return 'has no statements at this address (404)';
    case 'busy':
      return state.retryAt === undefined
        ? 'is too busy to answer (429)'
        : `is too busy to answer before ${momentInWords(state.retryAt, zone)}`;
    case 'failing':
      return `failed to answer (${state.status})`;
    case 'refused':
      return `refused to answer (${state.status})`;
    case 'time-out':
      return 'did not answer in time';
    case 'tls':
      return 'cannot prove who it is (its certificate is not good)';
    case 'unreachable':
      return 'cannot be reached';
    case 'too-large':
      return 'answered with more than can be read';
    case 'redirected':
      return `sends us on to ${state.to}, where nobody agreed to go`;
    case 'strange-page':
      return `says that more statements are at ${state.to}, where nobody agreed to go`;
    case 'malformed':
      return `answered something that cannot be read: ${state.why}`;
  }
}

/** What to do about a source, as a sentence; empty when there is nothing to do. */
export function stateAdvice({ state }: Pick<SourceStatus, 'state'>): string {
  switch (state.kind) {
    case 'read':
    case 'kept':
    case 'being-asked':
    case 'not-asked':
      return '';
    case 'behind':
    case 'busy':
    case 'failing':
    case 'time-out':
    case 'unreachable':
      return "Try again later. What was known before counts for as long as the policy's 'offline' says.";
    case 'missing':
      return "Put it there, or take it out of 'records'.";
    case 'unreadable':
      return 'Correct the file.';
    case 'unsigned':
    case 'bad-signature':
    case 'strange-signature':
      return 'Ask an approver to sign it as it is now: ssh-keygen -Y sign -n developer-terms -f KEY FILE.';
    case 'unconfirmed':
      return 'Check the address with the product lead, then agree to it.';
    case 'no-credential':
    case 'unauthorised':
    case 'forbidden':
      return 'Ask whoever runs the store for a credential that may read statements.';
    case 'not-found':
    case 'refused':
    case 'malformed':
    case 'too-large':
      return 'Check the endpoint in the policy with whoever runs the store.';
    case 'tls':
      return 'Ask whoever runs the store to renew its certificate, or your administrator to install the one it rests on.';
    case 'redirected':
    case 'strange-page':
      return 'Ask whoever runs the store; the policy may have to name its new address.';
  }
}
