import * as vscode from 'vscode';
import { normalEndpoint } from '../../policy/endpoints.js';
import type { Credential, StoreAccess } from '../../ports.js';
import { DisposableStore } from '../DisposableStore.js';

/**
 * The record stores that a person agreed to, repository by repository, and the credentials for them. Credentials lie in the
 * editor's secret storage and nowhere else, one for each store; what was agreed to lies where no repository can write.
 */
export class RecordAccess implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<void>());
  /** Fires after somebody agreed to a store or no longer does, here or in another window. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly memory: vscode.Memento,
  ) {
    this.owned.add(
      secrets.onDidChange(({ key }) => {
        if (key.startsWith(SECRET)) this.changed.fire();
      }),
    );
  }

  /** What the repository at `root` may ask. */
  of(root: vscode.Uri): StoreAccess {
    return {
      confirmed: () => Promise.resolve(this.agreedFor(root)),
      credentialFor: async (endpoint) => {
        const normal = normalEndpoint(endpoint);
        if (normal === undefined || !this.agreedFor(root).includes(normal)) return undefined;
        return credentialIn(await this.secrets.get(`${SECRET}${normal}`));
      },
    };
  }

  /** The endpoints that somebody agreed to for the repository at `root`, each in its normal form. */
  agreedFor(root: vscode.Uri): readonly string[] {
    const kept = this.memory.get<unknown>(`${AGREED}${root.toString()}`);
    return Array.isArray(kept) ? kept.filter((text): text is string => typeof text === 'string') : [];
  }

  /** True when a credential for a store was given before, for whichever repository. */
  async hasCredential(endpoint: string): Promise<boolean> {
    return credentialIn(await this.secrets.get(`${SECRET}${endpoint}`)) !== undefined;
  }

  /**
   * Notes that a person agreed to a store. Of what was agreed to before, only the stores that the policy still names stay: one
   * that comes back later is asked about again.
   */
  async agree(root: vscode.Uri, endpoint: string, named: readonly string[]): Promise<void> {
    const still = this.agreedFor(root).filter((other) => other !== endpoint && named.includes(other));
    await this.memory.update(`${AGREED}${root.toString()}`, [...still, endpoint]);
    this.changed.fire();
  }

  /** Keeps a credential for a store, in place of the one before. */
  async keep(endpoint: string, credential: Credential): Promise<void> {
    await this.secrets.store(`${SECRET}${endpoint}`, JSON.stringify(credential));
  }

  /** Takes an agreement back, and forgets the credential. */
  async withdraw(root: vscode.Uri, endpoint: string): Promise<void> {
    const others = this.agreedFor(root).filter((other) => other !== endpoint);
    await this.memory.update(`${AGREED}${root.toString()}`, others);
    await this.secrets.delete(`${SECRET}${endpoint}`);
    this.changed.fire();
  }

  dispose(): void {
    this.owned.dispose();
  }
}

const AGREED = 'recordStores:';
const SECRET = 'recordStore:';

function credentialIn(text: string | undefined): Credential | undefined {
  if (text === undefined) return undefined;
  try {
    const kept = JSON.parse(text) as Partial<Record<'kind' | 'user' | 'password' | 'token', unknown>>;
    const { kind, user, password, token } = kept;
    if (kind === 'basic' && typeof user === 'string' && typeof password === 'string') return { kind, user, password };
    if (kind === 'bearer' && typeof token === 'string') return { kind, token };
  } catch {
    // Nothing of ours wrote it.
  }
  return undefined;
}
