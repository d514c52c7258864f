import type { Exposure } from '../decision/Ask.js';
import { actionsOf } from '../policy/actions.js';
import type { Policy } from '../policy/Policy.js';
import { actBody, type Act } from './Act.js';
import { agreementFolder } from './agreementFolder.js';
import { ChainWriter, type ChainPorts } from './ChainWriter.js';
import { contentHash } from './contentHash.js';
import type { ChainKind } from './Entry.js';
import { keptLongEnough } from './keptLongEnough.js';

/** How writing goes. */
export interface EvidenceStatus {
  /** Entries that wait because the disk takes none. */
  readonly held: number;
  /** Why they wait; undefined when nothing is wrong. */
  readonly trouble: string | undefined;
}

/**
 * Writes down what people do with covered code: what the policy's `evidence` names, and exposures to the sides of walls.
 * One chain a session, agreement and kind. Whoever calls never waits.
 */
export class EvidenceRecorder {
  private readonly chains = new Map<string, Promise<ChainWriter>>();
  private readonly writers: ChainWriter[] = [];
  private readonly secrets = new Map<string, string>();
  private isClosed = false;
  /** Acts are written in the order in which they were told, however long their texts take to hash. */
  private order: Promise<void> = Promise.resolve();

  /** `onChange` is called when writing begins to fail or works again. */
  constructor(
    private readonly ports: ChainPorts,
    private readonly onChange: () => void = () => undefined,
  ) {}

  /** How writing goes, over all chains. */
  get status(): EvidenceStatus {
    return {
      held: this.writers.reduce((sum, writer) => sum + writer.held, 0),
      trouble: this.writers.map((writer) => writer.trouble).find((trouble) => trouble !== undefined),
    };
  }

  /**
   * Takes an act. It is written when the policy records its action or a guardrail's duty says so; not when no asset
   * covers the code. An exposure is kept besides, for the walls. Returns the exposures, for whoever decides next.
   */
  record(act: Act): readonly Exposure[] {
    if (this.isClosed) return [];
    const at = this.ports.clock.now();
    const exposures = exposuresOf(act, at);
    const { policy } = act;
    const keep = policy.evidence.keep ?? null;
    if (isRecorded(act)) {
      this.inOrder(async () => {
        const chain = await this.chain(policy.agreement.id, 'evidence');
        chain.add(actBody(act, await this.hashed(act)), at, keep);
        this.write(chain);
      });
    }
    if (exposures.length > 0) {
      this.inOrder(async () => {
        const chain = await this.chain(policy.agreement.id, 'exposures');
        for (const { person, asset } of exposures) chain.add({ entry: 'exposure', person, asset }, at, keep);
        this.write(chain);
      });
    }
    return exposures;
  }

  /**
   * Removes the files of the policy's agreement that were kept as long as the policy asks, and writes down that it did.
   * Rejects with a `UserError` when the disk does not let it.
   */
  async sweep(policy: Policy): Promise<void> {
    const { store, clock, hash } = this.ports;
    const { keep } = policy.evidence;
    const folder = await agreementFolder(policy.agreement.id, hash);
    const files = await keptLongEnough(store, folder, policy, clock.now(), hash);
    const before = files
      .map(({ at }) => at)
      .sort()
      .at(-1);
    if (keep === undefined || before === undefined) return;
    const chain = await this.chain(policy.agreement.id, 'evidence');
    chain.add({ entry: 'removed', keep, before, files }, clock.now(), keep);
    await this.watched(chain);
    // What is not written down is not removed.
    if (chain.held > 0) return;
    for (const { file } of files) await store.remove(folder, file);
  }

  /** Tries to write what waits. Resolves when it is written or the disk refuses. */
  async flush(): Promise<void> {
    await this.order;
    await Promise.all(this.writers.map((writer) => this.watched(writer)));
  }

  /** Ends every chain of this session that has begun, and writes what waits. Nothing is recorded afterwards. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.order;
    for (const writer of this.writers) writer.end(this.ports.clock.now());
    await this.flush();
  }

  private inOrder(step: () => Promise<void>): void {
    this.order = this.order.then(step, step);
  }

  private async hashed({ policy, texts = [] }: Act): Promise<readonly string[]> {
    if (texts.length === 0) return [];
    try {
      const secret = await this.secret(policy.agreement.id);
      return await Promise.all(texts.map((text) => contentHash(secret, text, this.ports.hash)));
    } catch {
      // Without the secret the act is recorded all the same; the chain's trouble says what is wrong with the disk.
      return [];
    }
  }

  private async secret(agreement: string): Promise<string> {
    const known = this.secrets.get(agreement);
    if (known !== undefined) return known;
    const { store, hash } = this.ports;
    const secret = await store.secret(await agreementFolder(agreement, hash));
    this.secrets.set(agreement, secret);
    return secret;
  }

  private chain(agreement: string, kind: ChainKind): Promise<ChainWriter> {
    const key = `${kind} ${agreement}`;
    let chain = this.chains.get(key);
    if (chain === undefined) {
      chain = agreementFolder(agreement, this.ports.hash).then((folder) => {
        const writer = new ChainWriter({ folder, kind, agreement }, this.ports);
        this.writers.push(writer);
        return writer;
      });
      this.chains.set(key, chain);
    }
    return chain;
  }

  private write(chain: ChainWriter): void {
    void this.watched(chain);
  }

  private async watched(chain: ChainWriter): Promise<void> {
    const before = chain.trouble;
    await chain.flush();
    if (chain.trouble !== before || chain.trouble !== undefined) this.onChange();
  }
}

/** True when the policy records the act: its action is named, or a duty says so. Open code is nobody's business. */
function isRecorded({ policy, action, decision }: Act): boolean {
  if (decision.rules.every((rule) => rule === 'default:unlisted') && decision.assets.length === 0) return false;
  return actionsOf(policy.evidence.record).has(action) || decision.duties.includes('log');
}

/** What a person was exposed to: those assets that stand on a side of a wall. Nobody, when the person is unknown. */
function exposuresOf({ policy, outcome, person, decision }: Act, at: string): readonly Exposure[] {
  const { address } = person;
  if (outcome !== 'exposed' || address === undefined) return [];
  const walled = assetsOfWalls(policy);
  return decision.assets.filter((asset) => walled.has(asset)).map((asset) => ({ person: address, asset, at }));
}

function assetsOfWalls(policy: Policy): ReadonlySet<string> {
  return new Set(policy.walls.flatMap(({ sides }) => sides.flatMap(({ assets }) => assets)));
}
