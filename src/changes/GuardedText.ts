import { refineHunks, isRearrangement } from './refineHunks.js';

/**
 * Whole lines of a text that one answer holds for, their last line break included. Told apart by identity: a span lives as
 * long as the text is followed.
 */
export interface GuardedSpan {
  /** True when nothing can stand between this span and the one before it without being inside a region too. */
  readonly continues: boolean;
}

/** A span with its place in the text it was found in: offsets in UTF-16 code units, `end` not part of it. */
export interface PlacedSpan<S extends GuardedSpan = GuardedSpan> {
  readonly span: S;
  readonly start: number;
  readonly end: number;
}

/** One replacement in a text, by offsets in the text before any of the replacements it comes with. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A piece of a text and of what the text is to be:
 * - `both`: stands in the text and is to stand there
 * - `foreign`: stands in the text and is to go, unless somebody permits it
 * - `missing`: is to stand in the text and does not, unless somebody permits that
 */
export interface Piece<S extends GuardedSpan = GuardedSpan> {
  readonly kind: 'both' | 'foreign' | 'missing';
  readonly text: string;
  /** The span that the piece belongs to in the text as it is to be; undefined outside every span. */
  readonly span: S | undefined;
  /** Of a `foreign` or `missing` piece: the span whose answer it waits for. */
  readonly owner: S | undefined;
}

/**
 * A text that is followed change by change while parts of it are guarded. It holds both what stands there and what is to
 * stand there: where they differ, a guarded span was met, and what was done outside is in both.
 */
export interface GuardedText<S extends GuardedSpan = GuardedSpan> {
  readonly pieces: readonly Piece<S>[];
  /** The text's line break. */
  readonly eol: string;
}

/** What a change came to. */
export interface Followed<S extends GuardedSpan> {
  readonly guarded: GuardedText<S>;
  /** Every span that the change met, guarded or not. */
  readonly met: ReadonlySet<S>;
  /** True when something the change did is to stay. */
  readonly keptSome: boolean;
}

/** Starts to follow a text. Spans are disjoint and ascending. */
export function guardText<S extends GuardedSpan>(
  text: string,
  spans: readonly PlacedSpan<S>[],
  eol: string,
): GuardedText<S> {
  const pieces: Piece<S>[] = [];
  let at = 0;
  const push = (end: number, span: S | undefined): void => {
    if (end > at) pieces.push({ kind: 'both', text: text.slice(at, end), span, owner: undefined });
    at = Math.max(at, end);
  };
  for (const { span, start, end } of spans) {
    push(start, undefined);
    push(end, span);
  }
  push(text.length, undefined);
  return { pieces, eol };
}

/** The text as it stands. */
export function standingText({ pieces }: GuardedText): string {
  return pieces.map(({ kind, text }) => (kind === 'missing' ? '' : text)).join('');
}

/** The text as it is to be. */
export function dueText({ pieces }: GuardedText): string {
  return pieces.map(({ kind, text }) => (kind === 'foreign' ? '' : text)).join('');
}

/** True when the text is what it is to be. */
export function isIntact({ pieces }: GuardedText): boolean {
  return pieces.every(({ kind }) => kind === 'both');
}

/** The spans that something foreign or missing waits for. */
export function spansInQuestion<S extends GuardedSpan>({ pieces }: GuardedText<S>): ReadonlySet<S> {
  return new Set(pieces.flatMap(({ kind, owner }) => (kind === 'both' || owner === undefined ? [] : [owner])));
}

/** Where the spans are in the text as it is to be. */
export function dueSpans<S extends GuardedSpan>({ pieces }: GuardedText<S>): readonly PlacedSpan<S>[] {
  const placed = new Map<S, { span: S; start: number; end: number }>();
  let at = 0;
  for (const { kind, text, span } of pieces) {
    if (kind === 'foreign') continue;
    if (span !== undefined) {
      const seen = placed.get(span);
      if (seen === undefined) placed.set(span, { span, start: at, end: at + text.length });
      else seen.end = at + text.length;
    }
    at += text.length;
  }
  return [...placed.values()];
}

/**
 * The least that makes the held parts of the text again what they are to be; offsets in the text as it stands, ascending.
 * What waits for an answer that is not `isHeld` stays.
 */
export function repairs<S extends GuardedSpan>(
  { pieces }: GuardedText<S>,
  isHeld: (span: S) => boolean,
): readonly Replacement[] {
  const edits: Replacement[] = [];
  let at = 0;
  for (let index = 0; index < pieces.length;) {
    const piece = pieces[index];
    if (piece === undefined) break;
    if (piece.kind === 'both') {
      at += piece.text.length;
      index++;
      continue;
    }
    const start = at;
    let text = '';
    let changes = false;
    for (; index < pieces.length; index++) {
      const one = pieces[index];
      if (one === undefined || one.kind === 'both') break;
      const held = one.owner !== undefined && isHeld(one.owner);
      if (one.kind === 'foreign') at += one.text.length;
      if ((one.kind === 'missing') === held) text += one.text;
      changes ||= held;
    }
    if (changes) edits.push({ start, end: at, text });
  }
  return edits;
}

/** The text after `repairs` were made in it. */
export function repaired<S extends GuardedSpan>(
  { pieces, eol }: GuardedText<S>,
  isHeld: (span: S) => boolean,
): GuardedText<S> {
  return settle(pieces, eol, isHeld, 'missing');
}

/** Permits what waits for the answer on these spans: it becomes part of what the text is to be. */
export function permitted<S extends GuardedSpan>(
  { pieces, eol }: GuardedText<S>,
  isPermitted: (span: S) => boolean,
): GuardedText<S> {
  return settle(pieces, eol, isPermitted, 'foreign');
}

/** Of the pieces whose owner is meant, those of kind `stays` become part of both texts, and the others of neither. */
function settle<S extends GuardedSpan>(
  pieces: readonly Piece<S>[],
  eol: string,
  isMeant: (span: S) => boolean,
  stays: 'missing' | 'foreign',
): GuardedText<S> {
  return {
    pieces: merged(
      pieces.flatMap((piece): Piece<S>[] => {
        if (piece.kind === 'both' || piece.owner === undefined || !isMeant(piece.owner)) return [piece];
        if (piece.kind !== stays) return [];
        return [{ kind: 'both', text: piece.text, span: piece.span, owner: undefined }];
      }),
    ),
    eol,
  };
}

/** The same text with other line breaks, after somebody changed those of the whole document. */
export function withLineBreaks<S extends GuardedSpan>({ pieces }: GuardedText<S>, eol: string): GuardedText<S> {
  return { pieces: pieces.map((piece) => ({ ...piece, text: piece.text.replace(/\r\n|\r|\n/g, eol) })), eol };
}

/**
 * Follows one event of an editor. What it does inside a guarded span becomes foreign or missing; what it does outside stays.
 *
 * An insertion exactly at the edge of a span is outside when it leaves the span whole lines: it ends in a line break at
 * the front, or begins a line of its own at the back. A change that takes text from inside and from outside keeps its
 * outside part, and what it puts in goes outside. Text that only moved, in or out of a span or across one, moves back.
 *
 * @param changes in any order, none overlapping another; offsets in the text as it stood before the event
 * @param isGuarded asked once for every span that the event meets: false lets the change in it stay
 */
export function followChanges<S extends GuardedSpan>(
  guarded: GuardedText<S>,
  changes: readonly Replacement[],
  isGuarded: (span: S) => boolean,
): Followed<S> {
  const answers = new Map<S, boolean>();
  const holds = (span: S | undefined): span is S => {
    if (span === undefined) return false;
    let answer = answers.get(span);
    if (answer === undefined) answers.set(span, (answer = isGuarded(span)));
    return answer;
  };
  const descending = [...changes].sort((a, b) => b.start - a.start || b.end - a.end);
  const follow = (hunks: readonly Replacement[], moved?: S): Followed<S> => {
    const follower = new Follower(guarded, holds);
    for (const hunk of hunks) follower.apply(hunk, moved);
    return follower.finish();
  };
  const asTold = follow(descending);
  // Nothing is missing: no guarded span was met, or what was missing is there again.
  if (isIntact(asTold.guarded)) return asTold;
  const text = standingText(guarded);
  const looked = new Follower(guarded, holds);
  const hunks = descending.flatMap((change) => {
    if (change.text === text.slice(change.start, change.end)) return [];
    return looked.spansAt(change.start, change.end).some(holds) ? [...refineHunks(text, change)].reverse() : [change];
  });
  const refined = follow(hunks);
  const owner = [...refined.met].find(holds);
  if (owner === undefined || !refined.keptSome || !isRearrangement(text, hunks)) return refined;
  return follow(hunks, owner);
}

const BLANK = /^[ \t]*$/;

/** Applies hunks to pieces, from the bottom of the text to its top, so that offsets above stay what they were. */
class Follower<S extends GuardedSpan> {
  private pieces: Piece<S>[];
  private readonly eol: string;
  readonly met = new Set<S>();
  keptSome = false;

  constructor(
    { pieces, eol }: GuardedText<S>,
    private readonly holds: (span: S | undefined) => span is S,
  ) {
    this.pieces = [...pieces];
    this.eol = eol;
  }

  /** The spans between two offsets, those that only touch an end included. */
  spansAt(start: number, end: number): readonly S[] {
    const { first, last } = this.between(start, end);
    const found: S[] = [];
    for (let index = Math.max(0, first - 1); index <= last && index < this.pieces.length; index++) {
      const piece = this.pieces[index];
      for (const span of [piece?.span, piece?.owner]) if (span !== undefined) found.push(span);
    }
    return found;
  }

  /**
   * @param moved the span that answers for the whole event, when it only moved text about
   */
  apply(hunk: Replacement, moved: S | undefined): void {
    this.splitAt(hunk.start);
    this.splitAt(hunk.end);
    const { first, last } = this.between(hunk.start, hunk.end);
    const due: Piece<S>[] = [];
    let tookOutside: 'no' | 'front' | 'back' = 'no';
    let tookInside: S | undefined;
    for (const piece of this.pieces.slice(first, last)) {
      if (piece.kind === 'missing') due.push(piece);
      if (piece.kind === 'foreign') tookInside ??= piece.owner;
      if (piece.kind !== 'both') continue;
      if (piece.span !== undefined) this.met.add(piece.span);
      const owner = moved ?? (this.holds(piece.span) ? piece.span : undefined);
      if (owner !== undefined) {
        tookInside ??= owner;
        due.push({ ...piece, kind: 'missing', owner });
      } else {
        this.keptSome = true;
        if (tookOutside === 'no') tookOutside = due.length === 0 ? 'front' : 'back';
      }
    }
    this.pieces.splice(first, last - first, ...due);
    // Nothing but blanks where a line break was: lines joined.
    if (BLANK.test(hunk.text)) tookInside ??= this.heldApartAt(first, first + due.length);
    if (hunk.text !== '') this.insert(hunk.text, first, first + due.length, { moved, tookOutside, tookInside });
    this.ensureLineBreaks(first);
  }

  /** Puts new text among the pieces between two places, all of which are missing from the text. */
  private insert(
    text: string,
    from: number,
    to: number,
    took: {
      readonly moved: S | undefined;
      readonly tookOutside: 'no' | 'front' | 'back';
      readonly tookInside: S | undefined;
    },
  ): void {
    const { moved, tookOutside, tookInside } = took;
    const run = this.pieces.slice(from, to);
    const missing = run.map((piece) => piece.text).join('');
    const found = missing === '' || moved !== undefined ? -1 : text.indexOf(missing);
    if (found !== -1) {
      // What was missing is there again: an undo, a repair, or a text that was replaced by one that has it too.
      const again = run.map((piece): Piece<S> => ({ ...piece, kind: 'both', owner: undefined }));
      this.pieces.splice(from, run.length, ...again);
      const behind = text.slice(found + missing.length);
      const options = { moved, tookInside: undefined } as const;
      if (behind !== '') this.insert(behind, to, to, { ...options, tookOutside: tookOutside === 'no' ? 'no' : 'back' });
      const before = text.slice(0, found);
      if (before !== '')
        this.insert(before, from, from, { ...options, tookOutside: tookOutside === 'no' ? 'no' : 'front' });
      return;
    }
    const foreign = (owner: S | undefined, at = from): void => {
      if (owner !== undefined) this.met.add(owner);
      this.pieces.splice(at, 0, { kind: 'foreign', text, span: undefined, owner });
    };
    if (moved !== undefined) {
      foreign(moved);
      return;
    }
    if (tookInside !== undefined && (tookOutside === 'no' || BLANK.test(text))) {
      foreign(tookInside);
      return;
    }
    if (tookOutside !== 'no') {
      const at = tookOutside === 'back' ? to : from;
      const place = this.placeAt(at, at, `${this.eol}${text}${this.eol}`);
      if (place.inside === undefined) this.keep(text, at, place.free);
      else foreign(place.inside, at);
      return;
    }
    if (this.insertAfterLastLine(text, from, to)) return;
    const place = this.placeAt(from, to, text);
    if (place.inside !== undefined) foreign(place.inside);
    else this.keep(text, place.at, place.free);
  }

  private keep(text: string, at: number, span: S | undefined): void {
    this.keptSome = true;
    if (span !== undefined) this.met.add(span);
    this.pieces.splice(at, 0, { kind: 'both', text, span, owner: undefined });
  }

  /** A new line behind the last line of a span, typed before that line's break: the same text read as one behind it. */
  private insertAfterLastLine(text: string, from: number, to: number): boolean {
    const { eol } = this;
    if (from !== to || !text.startsWith(eol)) return false;
    const behind = this.pieces[from];
    if (behind?.kind !== 'both' || behind.text !== eol || !this.holds(behind.span)) return false;
    const next = this.dueNeighbour(from + 1, 1);
    if (next !== undefined && (next.span === behind.span || (this.holds(next.span) && next.span.continues)))
      return false;
    this.pieces.splice(from + 1, 0, {
      ...{ kind: 'both', text: text.slice(eol.length) + eol },
      ...{ span: undefined, owner: undefined },
    });
    this.keptSome = true;
    return true;
  }

  /**
   * Where text can be put without being inside a guarded span: before the missing pieces from `from` to `to`, or behind
   * them; or the span that it would be inside of.
   */
  private placeAt(
    from: number,
    to: number,
    text: string,
  ): { readonly at: number; readonly free: S | undefined; readonly inside: S | undefined } {
    const front = this.insideAt(from, text);
    if (front.inside === undefined) return { at: from, ...front };
    if (from === to) return { at: from, ...front };
    const back = this.insideAt(to, text);
    return back.inside === undefined ? { at: to, ...back } : { at: from, ...front };
  }

  private insideAt(index: number, text: string): { readonly free: S | undefined; readonly inside: S | undefined } {
    const before = this.dueNeighbour(index - 1, -1);
    const behind = this.dueNeighbour(index, 1);
    const free = before?.span === behind?.span ? behind?.span : undefined;
    const [above, below] = [before?.span, behind?.span];
    if (above !== undefined && above === below) return { free, inside: this.holds(above) ? above : undefined };
    if (this.holds(below)) {
      if (this.holds(above) && below.continues) return { free: undefined, inside: below };
      if (!text.endsWith(this.eol)) return { free: undefined, inside: below };
    }
    if (this.holds(above) && before?.text.endsWith(this.eol) === false && !text.startsWith(this.eol))
      return { free: undefined, inside: above };
    return { free, inside: undefined };
  }

  /** The nearest piece, from `index` on, of the text as it is to be. */
  private dueNeighbour(index: number, step: 1 | -1): Piece<S> | undefined {
    for (let at = index; at >= 0 && at < this.pieces.length; at += step)
      if (this.pieces[at]?.kind !== 'foreign') return this.pieces[at];
    return undefined;
  }

  /** The guarded span that has to begin, or to end, a line where one is missing: before or behind some missing pieces. */
  private heldApartAt(from: number, to: number): S | undefined {
    for (const at of from === to ? [from] : [from, to]) {
      const before = this.dueNeighbour(at - 1, -1);
      const behind = this.dueNeighbour(at, 1);
      if (before === undefined || before.span === behind?.span || before.text.endsWith(this.eol)) continue;
      if (this.holds(behind?.span)) return behind.span;
      if (this.holds(before.span) && behind?.text.startsWith(this.eol) === false) return before.span;
    }
    return undefined;
  }

  /** Guarded spans near a place begin lines, and end them: a break that went with the text beside them is missing. */
  private ensureLineBreaks(near: number): void {
    let index = Math.max(0, near - 2);
    while (index > 0 && this.pieces[index]?.kind !== 'both') index--;
    for (let seen = 0; index < this.pieces.length && seen < 8; index++) {
      const piece = this.pieces[index];
      if (piece === undefined || piece.kind === 'foreign') continue;
      if (piece.kind === 'both') seen++;
      const before = this.dueNeighbour(index - 1, -1);
      if (before === undefined || before.span === piece.span || before.text.endsWith(this.eol)) continue;
      const owner = this.holds(piece.span)
        ? piece.span
        : this.holds(before.span) && !piece.text.startsWith(this.eol)
          ? before.span
          : undefined;
      if (owner === undefined) continue;
      this.met.add(owner);
      this.pieces.splice(index, 0, { kind: 'missing', text: this.eol, span: undefined, owner });
      index++;
    }
  }

  finish(): Followed<S> {
    const { met, keptSome, eol } = this;
    return { guarded: { pieces: merged(this.pieces), eol }, met, keptSome };
  }

  /** The pieces between two offsets of the standing text, missing ones at either end included. */
  private between(start: number, end: number): { readonly first: number; readonly last: number } {
    let at = 0;
    let first = -1;
    let index = 0;
    for (; index < this.pieces.length; index++) {
      const piece = this.pieces[index];
      if (piece === undefined) break;
      const length = piece.kind === 'missing' ? 0 : piece.text.length;
      if (first === -1 && at >= start) first = index;
      if (length > 0 && at >= end) break;
      at += length;
    }
    return { first: first === -1 ? index : first, last: index };
  }

  /** Makes an offset of the standing text a border between two pieces. */
  private splitAt(offset: number): void {
    let at = 0;
    for (let index = 0; index < this.pieces.length; index++) {
      const piece = this.pieces[index];
      if (piece === undefined) return;
      const length = piece.kind === 'missing' ? 0 : piece.text.length;
      if (offset > at && offset < at + length) {
        const [head, tail] = [piece.text.slice(0, offset - at), piece.text.slice(offset - at)];
        this.pieces.splice(index, 1, { ...piece, text: head }, { ...piece, text: tail });
        return;
      }
      if (at >= offset) return;
      at += length;
    }
  }
}

/** Joins pieces that belong together; what is foreign and missing at one place and the same is neither. */
function merged<S extends GuardedSpan>(pieces: readonly Piece<S>[]): readonly Piece<S>[] {
  const result: Piece<S>[] = [];
  const add = (piece: Piece<S>): void => {
    const last = result.at(-1);
    if (piece.text === '') return;
    if (last?.kind === piece.kind && last.span === piece.span && last.owner === piece.owner)
      result[result.length - 1] = { ...last, text: last.text + piece.text };
    else result.push(piece);
  };
  for (let index = 0; index < pieces.length;) {
    const run: Piece<S>[] = [];
    for (; index < pieces.length; index++) {
      const piece = pieces[index];
      if (piece === undefined || piece.kind === 'both') break;
      run.push(piece);
    }
    for (const piece of cancelled(run)) add(piece);
    const both = pieces[index++];
    if (both !== undefined) add(both);
  }
  return result;
}

/** A run without `both` pieces, less what its foreign and its missing text have in common at either end. */
function cancelled<S extends GuardedSpan>(run: readonly Piece<S>[]): readonly Piece<S>[] {
  const missing = run.filter(({ kind }) => kind === 'missing');
  const foreign = run.filter(({ kind }) => kind === 'foreign');
  if (missing.length === 0 || foreign.length === 0) return run;
  const due = missing.map(({ text }) => text).join('');
  const stands = foreign.map(({ text }) => text).join('');
  const most = Math.min(due.length, stands.length);
  let head = 0;
  while (head < most && due[head] === stands[head]) head++;
  let tail = 0;
  while (tail < most - head && due[due.length - 1 - tail] === stands[stands.length - 1 - tail]) tail++;
  const both = (piece: Piece<S>): Piece<S> => ({ ...piece, kind: 'both', owner: undefined });
  return [
    ...cut(missing, 0, head).map(both),
    ...cut(missing, head, due.length - tail),
    ...cut(foreign, head, stands.length - tail),
    ...cut(missing, due.length - tail, due.length).map(both),
  ];
}

/** What lies between two offsets of the pieces' texts in a row. */
function cut<S extends GuardedSpan>(pieces: readonly Piece<S>[], start: number, end: number): Piece<S>[] {
  const result: Piece<S>[] = [];
  let at = 0;
  for (const piece of pieces) {
    const text = piece.text.slice(Math.max(0, start - at), Math.max(0, end - at));
    if (text !== '') result.push({ ...piece, text });
    at += piece.text.length;
  }
  return result;
}
