import { grantedActions } from '../actions.js';
import type { Answers, Checked } from './CheckedContent.js';
import { isNeverShorter, parseDuration } from '../durations.js';
import type { Asset, Course, Grant, Guardrail, Team, Waiver } from '../language.js';
import { addressMatcher, foldAddress, isAddressPattern } from '../addresses.js';
import { overlap } from '../moments.js';
import { parseSelector } from '../selectors.js';
import { wildcardTest } from '../wildcard.js';
import { addressPatternsMeet } from './people.js';
import type { Span } from '../Source.js';

/** What contradicts itself: walls with something on both sides, markers that cannot be told apart, ids that mean two rules. */
export function checkContradictions(checked: Checked): void {
  const { content } = checked;
  const { begin, end } = content.markers;
  if (
    begin !== '' &&
    end !== '' &&
    (begin.includes(end) || end.includes(begin) || [begin, end].some((word) => word.includes('TERMS-FILE')))
  ) {
    checked.add(
      'bad-marker',
      checked.at(content.markers),
      `The marker words \`${begin}\` and \`${end}\` cannot be told apart: neither may contain the other, or TERMS-FILE. Choose two different words.`,
    );
  }
  for (const wall of content.walls) {
    for (const key of ['assets', 'who'] as const) {
      const first = new Map<string, string>();
      for (const side of wall.sides) {
        for (const [at, name] of side[key].entries()) {
          const other = first.get(name);
          if (other !== undefined && other !== side.name && name !== '') {
            checked.add(
              'wall-overlap',
              checked.at(side, key, at),
              `\`${name}\` stands on two sides of this wall, \`${other}\` and \`${side.name}\`. Leave it on one of them.`,
            );
          }
          if (other === undefined) first.set(name, side.name);
        }
      }
    }
    const names = new Set<string>();
    for (const side of wall.sides) {
      if (side.name !== '' && names.has(side.name)) {
        checked.add(
          'duplicate-id',
          checked.at(side, 'name'),
          `This wall has a side \`${side.name}\` already. Give this one another name.`,
        );
      }
      names.add(side.name);
    }
  }
  const kinds = [
    ['guardrail', new Set(content.guardrails.map(({ id }) => id))],
    ['wall', new Set(content.walls.map(({ id }) => id))],
    ['course', new Set(content.training.map(({ id }) => id))],
  ] as const;
  for (const waiver of content.waivers) {
    for (const [at, id] of waiver.lifts.entries()) {
      const meant = kinds.filter(([, ids]) => id !== '' && ids.has(id)).map(([noun]) => `a ${noun}`);
      if (meant.length < 2) continue;
      checked.add(
        'ambiguous-lift',
        checked.at(waiver, 'lifts', at),
        `\`${id}\` is ${meant.join(' and ')}. Give them different ids, so that it is plain what is lifted.`,
      );
    }
  }
}

/** What is no mistake in itself but probably not what was meant. Only for a policy without errors. */
export function checkIntentions(checked: Checked, answers: Answers): void {
  new Intentions(checked, answers).check();
}

class Intentions {
  readonly #people: ReadonlySet<string>;
  readonly #patterns: readonly { readonly pattern: string; readonly matches: (folded: string) => boolean }[];
  readonly #teams: ReadonlyMap<string, Team>;
  readonly #named: ReadonlySet<string>;

  constructor(
    private readonly checked: Checked,
    private readonly answers: Answers,
  ) {
    const people = checked.content.teams.flatMap(({ members }) => members.map(({ person }) => foldAddress(person)));
    this.#people = new Set(people.filter((person) => !isAddressPattern(person)));
    this.#patterns = people.filter(isAddressPattern).map((pattern) => ({ pattern, matches: addressMatcher(pattern) }));
    this.#teams = new Map(checked.content.teams.map((team) => [team.id, team]));
    this.#named = new Set(checked.content.tiers.filter(({ named }) => named).map(({ name }) => name));
  }

  check(): void {
    const { content } = this.checked;
    for (const asset of content.assets) this.#onlyExclusions(asset);
    for (const wall of content.walls) {
      for (const side of wall.sides) this.#nobody(side, 'who', side.who, `the side \`${side.name}\` of the wall`);
      this.#unknownPeople(wall, 'above', wall.above);
    }
    for (const course of content.training) {
      this.#nothing(course, course.covers, 'course');
      this.#nobody(course, 'for', course.for, 'the course');
      this.#refresher(course);
    }
    for (const guardrail of content.guardrails) {
      this.#nothing(guardrail, guardrail.covers, 'guardrail');
      this.#binds(guardrail);
      this.#unknownPeople(guardrail, 'except', guardrail.except);
    }
    for (const grant of content.grants) {
      this.#nothing(grant, grant.covers, 'grant');
      this.#nobody(grant, 'to', grant.to, 'the grant');
      this.#namedOnly(grant, 'grant');
    }
    for (const waiver of content.waivers) {
      this.#nothing(waiver, waiver.covers, 'waiver');
      this.#nobody(waiver, 'to', waiver.to, 'the waiver');
      this.#namedOnly(waiver, 'waiver');
      this.#void(waiver);
    }
    this.#swallowed();
    this.#rivals();
    this.#evidence();
    this.#approvers();
    const redacting = content.guardrails.find(({ duties }) => duties.includes('redact'));
    if (redacting !== undefined && content.redact.length === 0) {
      this.#warn(
        'nothing-to-redact',
        this.checked.at(redacting, 'duties'),
        'The duty `redact` has no words to replace. List them under `redact`.',
      );
    }
  }

  #warn(...[code, span, message]: [Parameters<Checked['add']>[0], Span, string]): void {
    this.checked.add(code, span, message);
  }

  #onlyExclusions(asset: Asset): void {
    if (asset.paths.length === 0 || asset.paths.some((path) => !path.startsWith('!'))) return;
    this.#warn(
      'only-exclusions',
      this.checked.at(asset, 'paths'),
      `\`${asset.id}\` only carves files out, so no file belongs to it by its path. Add a pattern without \`!\`.`,
    );
  }

  #nothing(entry: object, covers: readonly string[], noun: string): void {
    if (this.answers.assetsOf(covers).length > 0) return;
    this.#warn(
      'covers-nothing',
      this.checked.at(entry, 'covers'),
      `No asset is covered by this ${noun}. Correct \`covers\`, or add the asset.`,
    );
  }

  /** Teams that a selector means; undefined for one that is not about teams. */
  #teamsOf(selector: string): readonly Team[] | undefined {
    const parsed = parseSelector(selector);
    const { teams } = this.checked.content;
    switch (parsed?.kind) {
      case 'team': {
        const team = this.#teams.get(parsed.team);
        return team === undefined ? [] : [team];
      }
      case 'teams': {
        const matches = wildcardTest(parsed.pattern);
        return teams.filter(({ id, party }) => party === parsed.party && matches(id));
      }
      case 'party':
        return teams.filter(({ party }) => party === parsed.party);
      case 'person':
      case 'everyone':
      case 'recipients':
      case undefined:
        return undefined;
    }
  }

  #isKnown(address: string): boolean {
    const folded = foldAddress(address);
    if (!isAddressPattern(folded))
      return this.#people.has(folded) || this.#patterns.some(({ matches }) => matches(folded));
    const matches = addressMatcher(folded);
    for (const person of this.#people) if (matches(person)) return true;
    return this.#patterns.some(({ pattern }) => addressPatternsMeet(pattern, folded));
  }

  #unknownPeople(entry: object, key: string, selectors: readonly string[]): void {
    for (const [at, selector] of selectors.entries()) {
      if (!selector.startsWith('person:')) continue;
      const address = selector.slice('person:'.length);
      if (this.#isKnown(address)) continue;
      this.#warn(
        'unknown-person',
        this.checked.at(entry, key, at),
        `${address} is in no team, so this selects nobody of any party. Correct the address, or add the person to a team.`,
      );
    }
  }

  #nobody(entry: object, key: string, selectors: readonly string[], what: string): void {
    this.#unknownPeople(entry, key, selectors);
    for (const [at, selector] of selectors.entries()) {
      const teams = this.#teamsOf(selector);
      if (teams === undefined || teams.some(({ members }) => members.length > 0)) continue;
      this.#warn(
        'selects-nobody',
        this.checked.at(entry, key, at),
        teams.length === 0
          ? `\`${selector}\` means no team, so ${what} reaches nobody by it. Correct it, or add the team.`
          : `Nobody is in \`${selector}\`, so ${what} reaches nobody by it. Add its members, or leave it out.`,
      );
    }
  }

  #binds(guardrail: Guardrail): void {
    const { content } = this.checked;
    this.#nobody(guardrail, 'who', guardrail.who, 'the guardrail');
    const excepted = new Set(guardrail.except);
    if (excepted.has('everyone') || guardrail.who.every((selector) => excepted.has(selector))) {
      this.#warn(
        'binds-nobody',
        this.checked.at(guardrail, 'except'),
        `\`except\` takes away everybody whom \`${guardrail.id}\` binds. Narrow it, or delete the guardrail.`,
      );
      return;
    }
    const assets = this.answers.assetsOf(guardrail.covers);
    const onlyOwners =
      assets.length > 0 && assets.every(({ owner }) => content.parties.every(({ id }) => owner.includes(id)));
    if (onlyOwners && guardrail.who.every((selector) => selector === 'recipients')) {
      this.#warn(
        'binds-nobody',
        this.checked.at(guardrail, 'id'),
        `\`${guardrail.id}\` binds recipients, but every party owns what it covers, so there are none. Write \`who: everyone\` to bind the owners.`,
      );
    }
  }

  #refresher(course: Course): void {
    if (course.repeat === undefined) {
      for (const key of ['remind', 'grace'] as const) {
        if (course[key] === undefined || course.since !== undefined) continue;
        this.#warn(
          'no-repeat',
          this.checked.at(course, key),
          `\`${key}\` has no effect: the course never falls due again. Add \`repeat\`.`,
        );
      }
      return;
    }
    const repeat = parseDuration(course.repeat);
    const remind = course.remind === undefined ? undefined : parseDuration(course.remind);
    if (repeat !== undefined && remind !== undefined && isNeverShorter(remind, repeat)) {
      this.#warn(
        'long-reminder',
        this.checked.at(course, 'remind'),
        'People are reminded for as long as the pass counts. Make `remind` shorter than `repeat`.',
      );
    }
  }

  #namedOnly(entry: { readonly to: readonly string[]; readonly covers: readonly string[] }, noun: string): void {
    const sealed = this.answers.assetsOf(entry.covers).filter(({ tier }) => this.#named.has(tier));
    const [first] = sealed;
    if (first === undefined) return;
    const at = entry.to.findIndex((selector) => !selector.startsWith('person:') || selector.includes('*'));
    const selector = entry.to[at];
    if (selector === undefined) return;
    this.#warn(
      'not-named',
      this.checked.at(entry, 'to', at),
      `\`${selector}\` gives nobody this ${noun} for \`${first.id}\`: in the tier \`${first.tier}\` people count only when they are named one by one. Write person:ADDRESS for each.`,
    );
  }

  #void(waiver: Waiver): void {
    const { content } = this.checked;
    const by = foldAddress(waiver.by);
    const parties = content.approvers.filter(({ person }) => foldAddress(person) === by).map(({ party }) => party);
    const place = this.checked.at(waiver, 'by');
    if (parties.length === 0) {
      this.#warn('void-waiver', place, `The waiver \`${waiver.id}\` is void: ${waiver.by} is none of the approvers.`);
    } else {
      const assets = this.answers.assetsOf(waiver.covers);
      const foreign = assets.find(({ owner }) => !owner.some((party) => parties.includes(party)));
      if (foreign !== undefined) {
        this.#warn(
          'void-waiver',
          place,
          `The waiver \`${waiver.id}\` is void for \`${foreign.id}\`: ${waiver.by} approves for ${parties.join(', ')}, and the asset belongs to ${foreign.owner.join(', ')}.`,
        );
      }
    }
    if (waiver.to.some((selector) => foldAddress(selector) === `person:${by}`)) {
      this.#warn(
        'void-waiver',
        place,
        `The waiver \`${waiver.id}\` is void for ${waiver.by}: nobody waives a rule for themselves.`,
      );
    }
    const waivable = new Map<string, boolean>();
    for (const { id, waivable: may } of [...content.guardrails, ...content.walls, ...content.training])
      waivable.set(id, may);
    for (const [at, id] of waiver.lifts.entries()) {
      if (waivable.get(id) !== false) continue;
      this.#warn(
        'void-waiver',
        this.checked.at(waiver, 'lifts', at),
        `The waiver \`${waiver.id}\` is void for \`${id}\`, which cannot be waived. Only its owner can change that, with \`waivable: true\`.`,
      );
    }
  }

  /** A grant without a purpose that gives the same people the same as one with a purpose. */
  #swallowed(): void {
    const free = new Map<string, Grant[]>();
    const { grants } = this.checked.content;
    for (const grant of grants) {
      if (grant.purpose !== undefined) continue;
      for (const { id } of this.answers.assetsOf(grant.covers)) {
        const known = free.get(id);
        if (known === undefined) free.set(id, [grant]);
        else known.push(grant);
      }
    }
    if (free.size === 0) return;
    for (const grant of grants) {
      if (grant.purpose === undefined) continue;
      const told = new Set<Grant>();
      for (const { id } of this.answers.assetsOf(grant.covers)) {
        for (const wide of (free.get(id) ?? []).slice(0, 200)) {
          if (told.has(wide) || !this.#isWider(wide, grant)) continue;
          told.add(wide);
          this.#warn(
            'purpose-free',
            this.checked.at(grant, 'purpose'),
            `The purpose is never asked for on \`${id}\`: the grant \`${wide.id}\` (line ${this.checked.line(
              this.checked.at(wide, 'id'),
            )}) gives the same people the same without a purpose. Narrow one of the two.`,
          );
        }
      }
    }
  }

  #isWider(wide: Grant, narrow: Grant): boolean {
    const one = this.answers.windowOf(wide);
    const other = this.answers.windowOf(narrow);
    if (one === undefined || other === undefined) return false;
    const both = overlap(one, other);
    if (both.start >= both.end) return false;
    if (wide.into !== undefined && !(narrow.into ?? []).every((place) => wide.into?.includes(place))) return false;
    if (wide.into !== undefined && narrow.into === undefined) return false;
    const given = grantedActions(wide.actions);
    for (const action of grantedActions(narrow.actions)) if (!given.has(action)) return false;
    if (wide.to.some((selector) => selector === 'everyone' || selector === 'recipients')) return true;
    const teams = new Set(wide.to.flatMap((selector) => this.#teamsOf(selector) ?? []));
    const people = new Set(wide.to.map((selector) => selector.toLowerCase()));
    return narrow.to.every((selector) => {
      const meant = this.#teamsOf(selector);
      if (meant !== undefined) return meant.length > 0 && meant.every((team) => teams.has(team));
      if (people.has(selector.toLowerCase())) return true;
      const address = selector.startsWith('person:') ? foldAddress(selector.slice('person:'.length)) : undefined;
      return (
        address !== undefined &&
        [...teams].some(({ members }) =>
          members.some(
            (member) =>
              member.from === undefined && member.until === undefined && addressMatcher(member.person)(address),
          ),
        )
      );
    });
  }

  #rivals(): void {
    const { assets, parties, walls } = this.checked.content;
    for (const party of parties) {
      for (const [at, rival] of party.competes.entries()) {
        const own = assets.filter(({ owner }) => owner.includes(party.id) && !owner.includes(rival));
        const theirs = assets.filter(({ owner }) => owner.includes(rival) && !owner.includes(party.id));
        if (own.length === 0 || theirs.length === 0) continue;
        const parted = walls.some(({ sides }) => {
          const withOwn = sides.filter(({ assets: ids }) => own.some(({ id }) => ids.includes(id)));
          const withTheirs = sides.filter(({ assets: ids }) => theirs.some(({ id }) => ids.includes(id)));
          return withOwn.some((side) => withTheirs.some((other) => other !== side));
        });
        if (parted) continue;
        this.#warn(
          'no-wall',
          this.checked.at(party, 'competes', at),
          `\`${party.id}\` and \`${rival}\` compete and both disclose assets, but no wall stands between these. Add one under \`walls\`.`,
        );
      }
    }
  }

  #evidence(): void {
    const { content } = this.checked;
    if (content.evidence.record.length > 0) return;
    const lowest = content.tiers[0]?.name;
    const above = content.assets.find(({ tier }) => tier !== lowest);
    if (above === undefined) return;
    this.#warn(
      'no-evidence',
      this.checked.at(above, 'id'),
      `\`${above.id}\` is in the tier \`${above.tier}\`, and nothing is recorded. Name the actions to record under \`evidence\`, such as \`record: [view, edit, copy]\`.`,
    );
  }

  #approvers(): void {
    for (const approver of this.checked.content.approvers) {
      const address = foldAddress(approver.person);
      const other = this.checked.content.teams.find(
        ({ party, members }) =>
          party !== approver.party && members.some(({ person }) => foldAddress(person) === address),
      );
      if (other === undefined) continue;
      this.#warn(
        'foreign-approver',
        this.checked.at(approver, 'party'),
        `${approver.person} is in \`${other.id}\`, a team of ${other.party}, but approves for ${approver.party}. Name somebody of ${approver.party}.`,
      );
    }
  }
}
