import * as vscode from 'vscode';

const FILE = 'badges.json';

/** The badges that the person at this machine pasted, by issuer, in this person's own folder. */
export class PastedBadges {
  /** `storage` is made when there is something to keep. */
  constructor(private readonly storage: vscode.Uri) {}

  /** Those of some issuers, one signed JWT each. What cannot be read is as good as none. */
  async of(issuers: readonly string[]): Promise<readonly string[]> {
    const kept = await this.read();
    return [...new Set(issuers)].flatMap((issuer) => kept.get(issuer) ?? []);
  }

  /** Keeps these of an issuer, in place of those before. */
  async keep(issuer: string, badges: readonly string[]): Promise<void> {
    const kept = new Map(await this.read()).set(issuer, [...new Set(badges)]);
    await vscode.workspace.fs.createDirectory(this.storage);
    await vscode.workspace.fs.writeFile(this.file, new TextEncoder().encode(JSON.stringify([...kept])));
  }

  private get file(): vscode.Uri {
    return vscode.Uri.joinPath(this.storage, FILE);
  }

  private async read(): Promise<ReadonlyMap<string, readonly string[]>> {
    try {
      const kept: unknown = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(this.file)));
      if (!Array.isArray(kept)) return new Map();
      return new Map(kept.filter(isEntry));
    } catch {
      return new Map();
    }
  }
}

function isEntry(value: unknown): value is readonly [string, readonly string[]] {
  if (!Array.isArray(value)) return false;
  const [issuer, badges] = value as unknown[];
  return typeof issuer === 'string' && Array.isArray(badges) && badges.every((badge) => typeof badge === 'string');
}
