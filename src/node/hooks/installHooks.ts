import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../ports.js';
import type { HookPlace } from './findHooks.js';
import {
  EARLIER,
  hasBlock,
  HOOK_NAMES,
  isOwnHook,
  ownHook,
  withBlock,
  withoutBlock,
  type HookName,
} from './hookScript.js';

/** What is at a hook's place. */
export interface HookState {
  readonly name: HookName;
  /**
   * `ours`: as this version writes it; `outdated`: as another version did; `other`: somebody else's alone; `none`: nothing.
   */
  readonly is: 'ours' | 'outdated' | 'other' | 'none';
  /** True where a hook that was there before is run after ours. */
  readonly chains: boolean;
}

/** What was done with a hook. */
export interface HookChange {
  readonly name: HookName;
  readonly did: 'installed' | 'updated' | 'nothing' | 'removed' | 'left';
  /** True where a hook that was there before is run after ours, or was put back. */
  readonly chains: boolean;
}

/** What is at the places of both hooks. */
export function hookStates(place: HookPlace): readonly HookState[] {
  return HOOK_NAMES.map((name) => {
    const { path, text } = hookAt(place, name);
    if (text === undefined) return { name, is: 'none', chains: false };
    if (place.by.kind === 'husky') {
      if (!hasBlock(text)) return { name, is: 'other', chains: false };
      const before = withoutBlock(text);
      return { name, is: withBlock(name, before) === text ? 'ours' : 'outdated', chains: before !== undefined };
    }
    if (!isOwnHook(text)) return { name, is: 'other', chains: false };
    return { name, is: text === ownHook(name) ? 'ours' : 'outdated', chains: isThere(path + EARLIER) };
  });
}

/** Puts both hooks in their places; a hook that is there already is kept, and run when the check has passed. */
export function installHooks(place: HookPlace): readonly HookChange[] {
  // All is known to be possible before anything is touched.
  for (const state of hookStates(place)) {
    const { path } = hookAt(place, state.name);
    if (place.by.kind !== 'husky' && state.is === 'other' && isThere(path + EARLIER))
      throw new UserError(
        `Another hook has taken the place of ours at ${path}, and the one before is kept as ${path}${EARLIER}. ` +
          'Put the lines of the two together in one of them, remove the other, and try again.',
      );
  }
  return hookStates(place).map(({ name, is, chains }): HookChange => {
    if (is === 'ours') return { name, did: 'nothing', chains };
    const { path, text } = hookAt(place, name);
    mkdirSync(place.folder, { recursive: true });
    if (place.by.kind === 'husky') {
      const mode = text === undefined ? 0o755 : undefined;
      write(path, withBlock(name, text), mode);
      return { name, did: is === 'outdated' ? 'updated' : 'installed', chains: is === 'other' || chains };
    }
    if (is === 'other') renameSync(path, path + EARLIER);
    write(path, ownHook(name), 0o755);
    return { name, did: is === 'outdated' ? 'updated' : 'installed', chains: is === 'other' || chains };
  });
}

/** Takes both hooks out, and puts back what was there before, byte for byte. What is not ours is left alone. */
export function uninstallHooks(place: HookPlace): readonly HookChange[] {
  return hookStates(place).map(({ name, is, chains }): HookChange => {
    if (is === 'none') return { name, did: 'nothing', chains };
    if (is === 'other') return { name, did: 'left', chains };
    const { path, text = '' } = hookAt(place, name);
    if (place.by.kind === 'husky') {
      const before = withoutBlock(text);
      if (before === undefined) rmSync(path);
      else write(path, before, undefined);
      return { name, did: 'removed', chains };
    }
    if (chains) renameSync(path + EARLIER, path);
    else rmSync(path);
    return { name, did: 'removed', chains };
  });
}

/** A hook's path and text; a link that leads nowhere, or a file that is no text, is somebody else's and reads as empty. */
function hookAt({ folder }: HookPlace, name: HookName): { readonly path: string; readonly text: string | undefined } {
  const path = join(folder, name);
  if (!isThere(path)) return { path, text: undefined };
  if (!existsSync(path)) return { path, text: '' };
  if (lstatSync(path).isDirectory()) throw new UserError(`${path} is a folder, where git wants a hook.`);
  // Latin 1 keeps every byte, so that a hook in any encoding comes back as it was.
  return { path, text: readFileSync(path, 'latin1') };
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function write(path: string, text: string, mode: number | undefined): void {
  try {
    writeFileSync(path, text, 'latin1');
    if (mode !== undefined) chmodSync(path, mode);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UserError(`${path} cannot be written (${code}).`);
  }
}
