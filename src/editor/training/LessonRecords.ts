import * as vscode from 'vscode';
import { normalEndpoint } from '../../policy/endpoints.js';
import type { RecordSource } from '../../policy/language.js';
import type { Clock, Log, Network } from '../../ports.js';
import type { SourceFault } from '../../training/CourseRecords.js';
import { lessonStatement, registerLine, type Statement, type TakenLesson } from '../../training/lessonRecord.js';
import { REGISTER_COLUMNS } from '../../training/readRegister.js';
import type { FolderTerms } from '../FolderTerms.js';

/** What became of the record of a passed lesson. */
export type Recorded =
  | { readonly kind: 'stored'; readonly endpoint: string }
  /** It waits on this machine, and is sent when the store can be asked. */
  | { readonly kind: 'queued'; readonly endpoint: string; readonly fault: SourceFault }
  /** The product lead adds this line to the register, and signs it where it has to be signed. */
  | { readonly kind: 'entry'; readonly path: string; readonly line: string; readonly signed: boolean }
  /** The policy names no place where a lesson could be recorded. */
  | { readonly kind: 'nowhere' };

/** A statement that waits, and for whom. */
interface Waiting {
  readonly root: string;
  readonly endpoint: string;
  readonly statement: Statement;
}

/** What writing records needs from outside. */
export interface LessonRecordsPorts {
  readonly clock: Clock;
  readonly log: Log;
  /** Where statements wait; this person's own folder. */
  readonly storage: vscode.Uri;
  network(root: vscode.Uri): Network | undefined;
}

/** Writes the records of lessons that were passed in the editor, to where the policy reads records from. */
export class LessonRecords {
  constructor(private readonly ports: LessonRecordsPorts) {}

  /** What becomes of a passed lesson of this course, as a sentence. */
  outlook(folder: FolderTerms, course: string): string {
    const source = sourceFor(folder, course);
    if (source === undefined) return 'The policy names no place where that could be recorded, so tell whom it names.';
    return source.kind === 'xapi'
      ? `That is recorded in the record store ${source.endpoint ?? ''}.`
      : `It counts once the product lead has added your line to the register ${source.path?.[0] ?? ''}.`;
  }

  /** Records a lesson that was passed. A store that cannot be asked gets it later. */
  async record(folder: FolderTerms, taken: TakenLesson): Promise<Recorded> {
    const source = sourceFor(folder, taken.course.id);
    if (source?.kind === 'xapi') {
      const statement = lessonStatement(taken, source, crypto.randomUUID());
      if (statement === undefined) return { kind: 'nowhere' };
      const waiting = {
        root: folder.root.toString(),
        endpoint: normalEndpoint(source.endpoint ?? '') ?? '',
        statement,
      };
      // On the disk before it is sent: a window that closes in between loses nothing, and twice is once.
      await this.keep(waiting);
      const sent = await this.send(waiting);
      return sent === 'stored'
        ? { kind: 'stored', endpoint: waiting.endpoint }
        : { kind: 'queued', endpoint: waiting.endpoint, fault: sent };
    }
    const path = source?.path?.[0];
    if (source === undefined || path === undefined) return { kind: 'nowhere' };
    const bytes = await Promise.resolve(vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder.root, path))).catch(
      () => new Uint8Array(),
    );
    const columns = source.columns ?? REGISTER_COLUMNS;
    const line = registerLine(taken, path, new TextDecoder().decode(bytes), columns);
    return line === undefined ? { kind: 'nowhere' } : { kind: 'entry', path, line, signed: source.signed };
  }

  /** Sends what waits for a folder's stores. Gives the endpoints that took something, and how much still waits. */
  async sendWaiting(folder: FolderTerms): Promise<{ readonly sent: readonly string[]; readonly waiting: number }> {
    const own = (await this.waiting()).filter(({ root }) => root === folder.root.toString());
    const sent: string[] = [];
    for (const waiting of own) if ((await this.send(waiting)) === 'stored') sent.push(waiting.endpoint);
    return { sent, waiting: own.length - sent.length };
  }

  private async send(waiting: Waiting): Promise<'stored' | SourceFault> {
    const network = this.ports.network(vscode.Uri.parse(waiting.root));
    if (network === undefined) return { kind: 'not-asked' };
    const { storeStatement } = await import('../../training/xapi/storeStatement.js');
    const outcome = await storeStatement(waiting.statement, waiting.endpoint, network, this.ports.clock);
    if (outcome === 'stored') await this.forget(waiting);
    return outcome;
  }

  private async keep(waiting: Waiting): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.ports.storage);
    await vscode.workspace.fs.writeFile(this.fileOf(waiting), new TextEncoder().encode(JSON.stringify(waiting)));
  }

  private async forget(waiting: Waiting): Promise<void> {
    await vscode.workspace.fs.delete(this.fileOf(waiting)).then(undefined, () => undefined);
  }

  private fileOf({ statement }: Waiting): vscode.Uri {
    return vscode.Uri.joinPath(this.ports.storage, `${statement.id}.json`);
  }

  private async waiting(): Promise<readonly Waiting[]> {
    const files = await vscode.workspace.fs.readDirectory(this.ports.storage).then(
      (entries) => entries.map(([name]) => name).filter((name) => name.endsWith('.json')),
      (): string[] => [],
    );
    const all: Waiting[] = [];
    for (const name of files.sort()) {
      try {
        const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.ports.storage, name));
        const read = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Waiting>;
        if (
          typeof read.root === 'string' &&
          typeof read.endpoint === 'string' &&
          typeof read.statement?.id === 'string'
        )
          all.push(read as Waiting);
      } catch {
        this.ports.log.warn(`A lesson's record that waits on this machine cannot be read: ${name}`);
      }
    }
    return all;
  }
}

/** A record store before a register: what it takes counts without anybody's doing. */
function sourceFor(folder: FolderTerms, course: string): RecordSource | undefined {
  const sources = folder.policy?.records.filter(({ courses }) => courses?.includes(course) ?? true) ?? [];
  const activity = folder.policy?.training.find(({ id }) => id === course)?.activity;
  return (
    (activity === undefined ? undefined : sources.find(({ kind }) => kind === 'xapi')) ??
    sources.find(({ kind }) => kind === 'file')
  );
}
