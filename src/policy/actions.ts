import { ACTIONS, type Action } from './language.js';

/** The actions that a rule's list means: itself, or all nine for `any`. */
export function actionsOf(listed: readonly (Action | 'any')[]): ReadonlySet<Action> {
  return new Set(listed.includes('any') ? ACTIONS : (listed as readonly Action[]));
}

/**
 * The actions that a grant permits. Whoever may edit, copy or otherwise handle code may view it too; `use` alone, such
 * as calling an interface, takes no look at it.
 */
export function grantedActions(listed: readonly (Action | 'any')[]): ReadonlySet<Action> {
  const actions = actionsOf(listed);
  return [...actions].some((action) => action !== 'use') ? new Set([...actions, 'view']) : actions;
}
