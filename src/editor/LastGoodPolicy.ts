import * as vscode from 'vscode';
import { createEngine } from '../engine.js';
import type { PolicyInForce } from '../policy/PolicyInForce.js';
import type { Files, Hash } from '../ports.js';
import { POLICY_FILE } from './names.js';

interface Stored {
  readonly root: string;
  /** Text by path: the policy and the parents it extends. A policy is no confidential code. */
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * Keeps the last good policy of a folder across windows, so that starting the editor with a broken or deleted policy does
 * not switch the guard off.
 */
export class LastGoodPolicy {
  private readonly file: vscode.Uri | undefined;
  private written: string | undefined;

  constructor(
    private readonly storage: vscode.Uri | undefined,
    private readonly root: vscode.Uri,
    private readonly hash: Hash,
  ) {
    const name = encodeURIComponent(root.toString()).replace(/%/g, '').slice(-120);
    this.file = storage && vscode.Uri.joinPath(storage, `last-good-${name}.json`);
  }

  /** Stores what the policy in force was read from. A storage that cannot be written costs only this convenience. */
  async remember(paths: readonly string[], files: Files): Promise<void> {
    if (this.file === undefined || this.storage === undefined) return;
    const texts: Record<string, string> = {};
    for (const path of paths) {
      const bytes = await files.read(path).catch(() => undefined);
      if (bytes !== undefined) texts[path] = new TextDecoder().decode(bytes);
    }
    const stored: Stored = { root: this.root.toString(), texts };
    const json = JSON.stringify(stored);
    if (json === this.written) return;
    try {
      await vscode.workspace.fs.createDirectory(this.storage);
      await vscode.workspace.fs.writeFile(this.file, new TextEncoder().encode(json));
      this.written = json;
    } catch {
      this.written = undefined;
    }
  }

  /** The stored policy, as it was in force; undefined when there is none or it no longer reads well. */
  async recall(): Promise<PolicyInForce | undefined> {
    if (this.file === undefined) return undefined;
    try {
      const bytes = await vscode.workspace.fs.readFile(this.file);
      const stored = JSON.parse(new TextDecoder().decode(bytes)) as Stored;
      if (stored.root !== this.root.toString()) return undefined;
      const engine = createEngine({
        hash: this.hash,
        files: {
          read: (path) => {
            const text = stored.texts[path];
            return Promise.resolve(text === undefined ? undefined : new TextEncoder().encode(text));
          },
          target: (path) => Promise.resolve(path),
        },
      });
      const reading = await engine.readPolicy(POLICY_FILE);
      if (reading.kind !== 'parsed' || reading.parsed.policy === undefined) return undefined;
      return { policy: reading.parsed.policy, sha256: reading.sha256, problems: [], stale: undefined };
    } catch {
      return undefined;
    }
  }

  async forget(): Promise<void> {
    this.written = undefined;
    if (this.file === undefined) return;
    await vscode.workspace.fs.delete(this.file).then(undefined, () => undefined);
  }
}
