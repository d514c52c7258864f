/**
 * Joins shared grams into chains. Hits that lie close behind one another, both in the snippet and in a region, belong to
 * one copy; inserted, deleted and swapped lines only shift them a little against each other.
 */

/** Tokens between two hits of a chain. */
const GAP = 80;
/** How far a hit may lie off the line that the last one drew. */
const DRIFT = 48;
/** Chains of one region that are kept open at a time; more only arise from repetition. */
const OPEN_PER_REGION = 8;

/** A finished chain; token numbers count all tokens of the snippet. */
export interface Chain {
  readonly slot: number;
  readonly exact: number;
  readonly abstract: number;
  readonly coveredExact: number;
  readonly coveredAbstract: number;
  readonly firstToken: number;
  readonly lastToken: number;
  readonly firstPlace: number;
  readonly lastPlace: number;
  /** The longest stretch of abstract tokens that runs on, without a break, in the snippet and in the region alike. */
  readonly longestRun: number;
  /** Tokens by which snippet and region shift against each other from one hit to the next, added up. */
  readonly shift: number;
}

interface OpenChain {
  slot: number;
  lastToken: number;
  lastPlace: number;
  lastGram: number;
  exact: number;
  abstract: number;
  exactEnd: number;
  abstractEnd: number;
  coveredExact: number;
  coveredAbstract: number;
  firstToken: number;
  endToken: number;
  firstPlace: number;
  endPlace: number;
  /** The abstract grams of the present run: the first, the one after the last, and region less snippet. */
  runStart: number;
  runEnd: number;
  runOffset: number;
  longestRun: number;
  shift: number;
  next: OpenChain | undefined;
}

/** Follows the chains of one query; hits arrive in the order of the snippet. */
export class Chains {
  /** How often a hit was held against a chain. */
  steps = 0;
  readonly #open = new Map<number, OpenChain>();
  readonly #pool: OpenChain[] = [];
  readonly #finished: Chain[] = [];

  readonly #keeps: (exact: number, abstract: number) => boolean;

  /** Chains whose weighted tokens `keeps` turns down are dropped when they end. */
  constructor(keeps: (exact: number, abstract: number) => boolean) {
    this.#keeps = keeps;
  }

  /**
   * A gram of the snippet that also stands in a region.
   * @param tier 0 for exact, 1 for abstract
   * @param token the snippet's token where the gram starts
   * @param lastToken the snippet's token where it ends
   * @param gram the gram's number within its tier
   */
  hit(
    slot: number,
    place: number,
    tier: number,
    token: number,
    lastToken: number,
    gram: number,
    k: number,
    weight: number,
  ): void {
    const first = this.#open.get(slot);
    let best: OpenChain | undefined;
    let bestDrift = DRIFT + 1;
    let open = 0;
    let previous: OpenChain | undefined;
    const key = gram * 2 + tier;
    for (let chain = first; chain !== undefined;) {
      this.steps++;
      const following: OpenChain | undefined = chain.next;
      const ahead = token - chain.lastToken;
      if (ahead > GAP) {
        if (previous === undefined) {
          if (following === undefined) this.#open.delete(slot);
          else this.#open.set(slot, following);
        } else previous.next = following;
        this.#close(chain);
        chain = following;
        continue;
      }
      open++;
      const inRegion = place - chain.lastPlace;
      const drift = inRegion > ahead ? inRegion - ahead : ahead - inRegion;
      if (drift < bestDrift && inRegion <= GAP && chain.lastGram !== key) {
        best = chain;
        bestDrift = drift;
      }
      previous = chain;
      chain = following;
    }
    if (best === undefined) {
      if (open >= OPEN_PER_REGION) return;
      best = this.#pool.pop() ?? emptyChain();
      best.slot = slot;
      best.exact = best.abstract = best.coveredExact = best.coveredAbstract = 0;
      best.exactEnd = best.abstractEnd = best.runEnd = -1;
      best.longestRun = best.shift = 0;
      best.firstToken = token;
      best.endToken = lastToken;
      best.firstPlace = best.endPlace = place;
      best.next = this.#open.get(slot);
      this.#open.set(slot, best);
    } else {
      best.shift += bestDrift;
    }
    best.lastToken = token;
    best.lastPlace = place;
    best.lastGram = key;
    if (lastToken > best.endToken) best.endToken = lastToken;
    if (place < best.firstPlace) best.firstPlace = place;
    const endPlace = place + (lastToken - token);
    if (endPlace > best.endPlace) best.endPlace = endPlace;
    const end = gram + k;
    if (tier === 0) {
      const fresh = best.exactEnd > gram ? end - best.exactEnd : k;
      best.exactEnd = end;
      best.coveredExact += fresh;
      best.exact += fresh * weight;
    } else {
      const fresh = best.abstractEnd > gram ? end - best.abstractEnd : k;
      best.abstractEnd = end;
      best.coveredAbstract += fresh;
      best.abstract += fresh * weight;
      const offset = place - token;
      if (gram > best.runEnd || offset !== best.runOffset) {
        best.runStart = gram;
        best.runOffset = offset;
      }
      best.runEnd = end;
      if (end - best.runStart > best.longestRun) best.longestRun = end - best.runStart;
    }
  }

  #close(chain: OpenChain): void {
    if (this.#keeps(chain.exact, chain.abstract)) {
      this.#finished.push({
        slot: chain.slot,
        exact: chain.exact,
        abstract: chain.abstract,
        coveredExact: chain.coveredExact,
        coveredAbstract: chain.coveredAbstract,
        firstToken: chain.firstToken,
        lastToken: chain.endToken,
        firstPlace: chain.firstPlace,
        lastPlace: chain.endPlace,
        longestRun: chain.longestRun,
        shift: chain.shift,
      });
    }
    chain.next = undefined;
    this.#pool.push(chain);
  }

  /** Ends every chain and returns those that are worth judging. */
  finish(): readonly Chain[] {
    for (const first of this.#open.values()) {
      for (let chain: OpenChain | undefined = first; chain !== undefined;) {
        const following: OpenChain | undefined = chain.next;
        this.#close(chain);
        chain = following;
      }
    }
    this.#open.clear();
    return this.#finished;
  }
}

function emptyChain(): OpenChain {
  return {
    slot: 0,
    lastToken: 0,
    lastPlace: 0,
    lastGram: -1,
    exact: 0,
    abstract: 0,
    exactEnd: -1,
    abstractEnd: -1,
    coveredExact: 0,
    coveredAbstract: 0,
    firstToken: 0,
    endToken: 0,
    firstPlace: 0,
    endPlace: 0,
    runStart: 0,
    runEnd: -1,
    runOffset: 0,
    longestRun: 0,
    shift: 0,
    next: undefined,
  };
}
