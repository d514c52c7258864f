import type { PolicyContent } from '../language.js';
import { nearest } from '../nearest.js';
import type { ProblemCode } from '../problemCodes.js';
import type { Span } from '../Source.js';
import { article, shown } from '../syntax.js';
import type { Checked } from './CheckedContent.js';

type Entry = object;

/** The ids that are defined, and the checks of what refers to them. */
export function checkReferences(checked: Checked): void {
  new References(checked).check();
}

class References {
  readonly #parties: ReadonlySet<string>;
  readonly #teams: ReadonlySet<string>;
  readonly #tiers: ReadonlySet<string>;
  readonly #assets: ReadonlySet<string>;
  readonly #rules: ReadonlySet<string>;

  constructor(private readonly checked: Checked) {
    const { content } = checked;
    this.#parties = this.#defined('party', content.parties, 'id');
    this.#teams = this.#defined('team', content.teams, 'id');
    this.#tiers = this.#defined('tier', content.tiers, 'name');
    this.#assets = this.#defined('asset', content.assets, 'id');
    this.#rules = new Set([
      ...this.#defined('guardrail', content.guardrails, 'id'),
      ...this.#defined('wall', content.walls, 'id'),
      ...this.#defined('course', content.training, 'id'),
    ]);
    this.#defined('grant', content.grants, 'id');
    this.#defined('waiver', content.waivers, 'id');
  }

  check(): void {
    const { content } = this.checked;
    for (const party of content.parties) {
      this.#each(party, 'competes', party.competes, (id, place) => {
        if (id === party.id)
          this.checked.add('unknown-party', place, `\`${id}\` cannot compete with itself. Name the rival.`);
        else this.#party(id, place);
      });
    }
    for (const team of content.teams) this.#party(team.party, this.checked.at(team, 'party'));
    for (const asset of content.assets) {
      this.#each(asset, 'owner', asset.owner, (id, place) => this.#party(id, place));
      this.#tier(asset.tier, this.checked.at(asset, 'tier'), asset);
    }
    for (const wall of content.walls) {
      for (const side of wall.sides) {
        this.#selectors(side, 'who', side.who);
        this.#each(side, 'assets', side.assets, (id, place) => this.#asset(id, place));
      }
      this.#selectors(wall, 'above', wall.above);
    }
    for (const course of content.training) {
      this.#covers(course, course.covers);
      this.#selectors(course, 'for', course.for);
    }
    for (const guardrail of content.guardrails) {
      this.#covers(guardrail, guardrail.covers);
      this.#selectors(guardrail, 'who', guardrail.who);
      this.#selectors(guardrail, 'except', guardrail.except);
    }
    for (const grant of content.grants) {
      this.#covers(grant, grant.covers);
      this.#selectors(grant, 'to', grant.to);
    }
    for (const approver of content.approvers) this.#party(approver.party, this.checked.at(approver, 'party'));
    for (const waiver of content.waivers) {
      this.#each(waiver, 'lifts', waiver.lifts, (id, place) => this.#rule(id, place));
      this.#covers(waiver, waiver.covers);
      this.#selectors(waiver, 'to', waiver.to);
    }
    this.#each(content.evidence, 'share', content.evidence.share, (id, place) => this.#party(id, place));
    this.#clauses();
  }

  #defined<K extends 'id' | 'name'>(
    noun: string,
    entries: readonly Readonly<Record<K, string>>[],
    key: K,
  ): ReadonlySet<string> {
    const first = new Map<string, Entry>();
    for (const entry of entries) {
      const id = entry[key];
      if (id === '') continue;
      const before = first.get(id);
      if (before === undefined) {
        first.set(id, entry);
        continue;
      }
      const line = this.checked.line(this.checked.at(before, key));
      this.checked.add(
        'duplicate-id',
        this.checked.at(entry, key),
        `There is ${article(noun)} \`${id}\` already, on line ${line}. Give this one another ${key}.`,
      );
    }
    return new Set(first.keys());
  }

  /** False where what these sections define is not known, because their text could not be read. */
  #isRead(...sections: readonly string[]): boolean {
    return !sections.some((section) => this.checked.unread.has(section));
  }

  #each(entry: Entry, key: string, ids: readonly string[], check: (id: string, place: Span) => void): void {
    for (const [at, id] of ids.entries()) if (id !== '') check(id, this.checked.at(entry, key, at));
  }

  #unknown(code: ProblemCode, noun: string, id: string, known: ReadonlySet<string>, place: Span, prefix = ''): void {
    const meant = nearest(id, known);
    const some = [...known].slice(0, 8);
    const hint =
      meant !== undefined
        ? `Did you mean \`${meant}\`?`
        : some.length === 0
          ? `The policy defines none.`
          : `There is ${some.map((name) => `\`${name}\``).join(', ')}${known.size > some.length ? ', …' : ''}.`;
    this.checked.add(
      code,
      place,
      `There is no ${noun} \`${shown(id)}\`. ${hint}`,
      meant === undefined ? undefined : this.#replace(place, `${prefix}${id}`, `${prefix}${meant}`),
    );
  }

  /** A fix that changes one word within what stands at `place`, keeping its quotes. */
  #replace(place: Span, from: string, to: string): { start: number; end: number; text: string; title: string } {
    const written = this.checked.written(place);
    const text = written.includes(from) ? written.replace(from, () => to) : JSON.stringify(to);
    return { start: place.start, end: place.end, text, title: `Change to '${to}'` };
  }

  #party(id: string, place: Span, prefix = ''): void {
    if (id !== '' && this.#isRead('parties') && !this.#parties.has(id))
      this.#unknown('unknown-party', 'party', id, this.#parties, place, prefix);
  }

  #tier(name: string, place: Span, asset?: Entry, prefix = ''): void {
    if (name === '' || !this.#isRead('tiers') || this.#tiers.has(name)) return;
    if (asset !== undefined && name === 'restricted' && !this.checked.written(place).includes('restricted')) {
      this.checked.add(
        'unknown-tier',
        place,
        `This asset names no tier, and the default \`restricted\` is not among this policy's tiers. Add \`tier:\` with one of ${[
          ...this.#tiers,
        ].join(', ')}.`,
      );
      return;
    }
    this.#unknown('unknown-tier', 'tier', name, this.#tiers, place, prefix);
  }

  #asset(id: string, place: Span): void {
    if (this.#isRead('assets') && !this.#assets.has(id))
      this.#unknown('unknown-asset', 'asset', id, this.#assets, place);
  }

  #rule(id: string, place: Span): void {
    if (this.#isRead('guardrails', 'walls', 'training') && !this.#rules.has(id))
      this.#unknown('unknown-rule', 'guardrail, wall or course', id, this.#rules, place);
  }

  #selectors(entry: Entry, key: string, selectors: readonly string[]): void {
    this.#each(entry, key, selectors, (selector, place) => {
      if (selector === 'everyone' || selector === 'recipients') return;
      if (selector.startsWith('person:')) return;
      if (selector.startsWith('party:')) {
        this.#party(selector.slice('party:'.length), place, 'party:');
        return;
      }
      if (selector.startsWith('team:')) {
        const rest = selector.slice('team:'.length);
        this.#party(rest.slice(0, rest.indexOf('/')), place, 'team:');
        return;
      }
      if (!this.#isRead('teams') || this.#teams.has(selector)) return;
      if (this.#parties.has(selector)) {
        this.checked.add(
          'unknown-team',
          place,
          `\`${selector}\` is a party, not a team. Write party:${selector} to mean everybody in its teams.`,
          this.#replace(place, selector, `party:${selector}`),
        );
        return;
      }
      const words = ['everyone', 'recipients'];
      const word = nearest(selector, words);
      const known = new Set([...this.#teams, ...(word === undefined ? [] : words)]);
      this.#unknown('unknown-team', 'team', selector, known, place);
    });
  }

  #covers(entry: Entry, covers: readonly string[]): void {
    this.#each(entry, 'covers', covers, (cover, place) => {
      if (cover === 'all') return;
      if (cover.startsWith('tier:')) {
        const name = cover.slice('tier:'.length).replace(/\+$/, '');
        this.#tier(name, place, undefined, 'tier:');
        return;
      }
      if (!this.#isRead('assets') || this.#assets.has(cover)) return;
      if (this.#tiers.has(cover)) {
        this.checked.add(
          'unknown-asset',
          place,
          `\`${cover}\` is a tier, not an asset. Write tier:${cover}, or tier:${cover}+ for that tier and above.`,
          this.#replace(place, cover, `tier:${cover}`),
        );
        return;
      }
      this.#asset(cover, place);
    });
  }

  #clauses(): void {
    const { clauses } = this.checked.content.agreement;
    if (clauses === undefined || !this.#isRead('agreement')) return;
    const known = new Set(Object.keys(clauses));
    const cite = (entry: { readonly clause?: string | undefined }) => {
      if (entry.clause === undefined || entry.clause === '' || known.has(entry.clause)) return;
      const place = this.checked.at(entry, 'clause');
      const meant = nearest(entry.clause, known);
      this.checked.add(
        'unknown-clause',
        place,
        `Clause ${shown(entry.clause)} is not among the agreement's clauses. ${
          meant === undefined ? 'Correct the number, or add the clause with its heading.' : `Did you mean ${meant}?`
        }`,
        meant === undefined ? undefined : this.#replace(place, entry.clause, meant),
      );
    };
    for (const entry of citing(this.checked.content)) cite(entry);
    const bound = [
      ['wall', this.checked.content.walls],
      ['course', this.checked.content.training],
      ['guardrail', this.checked.content.guardrails],
      ['grant', this.checked.content.grants],
    ] as const;
    for (const [noun, entries] of bound) {
      for (const entry of entries) {
        if (entry.clause !== undefined || entry.id === '') continue;
        this.checked.add(
          'no-clause',
          this.checked.at(entry, 'id'),
          `The ${noun} \`${entry.id}\` cites no clause. Add \`clause:\` with the number it rests on.`,
        );
      }
    }
  }
}

/** Every entry that may cite a clause. */
function citing(content: PolicyContent): readonly { readonly clause?: string | undefined }[] {
  return [
    content.agreement,
    ...content.parties,
    ...content.teams,
    ...content.tiers,
    ...content.assets,
    ...content.walls,
    ...content.training,
    ...content.guardrails,
    ...content.grants,
    ...content.approvers,
    ...content.waivers,
    ...content.redact,
    content.evidence,
    content.breach,
    content.review,
    content.exit,
  ];
}
