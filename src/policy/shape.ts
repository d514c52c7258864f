/**
 * The words in which `language.ts` describes the policy file. A shape says what may stand at a place in the file; the
 * reader, the JSON Schema and the reference page all follow the same shapes, and the types of a policy are inferred from
 * them. A schema library was measured and left out: the smallest build of zod that can do this is 98 KB minified, a fifth
 * of the extension's budget, it knows no places in a source text, and its types would reach everybody who embeds the engine.
 */

/** What a piece of text stands for. Each sort has its own check in `syntax.ts`. */
export type TextSort =
  | 'text'
  | 'sentence'
  | 'id'
  | 'clause'
  | 'moment'
  | 'duration'
  | 'hours'
  | 'zone'
  | 'address'
  | 'member'
  | 'selector'
  | 'cover'
  | 'destination'
  | 'pattern'
  | 'marker'
  | 'link'
  | 'iri'
  | 'sha256'
  | 'path'
  | 'endpoint'
  | 'domain'
  | 'sshkey';

declare const value: unique symbol;
interface Gives<T> {
  /** Never present; carries the type that a reader gives for this shape. */
  readonly [value]?: T;
}

export interface TextShape extends Gives<string> {
  readonly kind: 'text';
  readonly sort: TextSort;
}
export interface CountShape extends Gives<number> {
  readonly kind: 'count';
}
export interface FlagShape extends Gives<boolean> {
  readonly kind: 'flag';
}
export interface VersionShape extends Gives<1> {
  readonly kind: 'version';
}
export interface ChoiceShape<C extends string = string> extends Gives<C> {
  readonly kind: 'choice';
  readonly of: readonly C[];
}
export interface ListShape<S extends Shape = Shape> extends Gives<readonly ValueOf<S>[]> {
  readonly kind: 'list';
  readonly of: S;
  /** True where a single entry may stand without its list. */
  readonly single: boolean;
  /** The fewest entries that make sense. */
  readonly least: number;
}
export interface MapShape<K extends string = string, S extends Shape = Shape> extends Gives<
  string extends K ? Readonly<Record<string, ValueOf<S>>> : { readonly [P in K]?: ValueOf<S> }
> {
  readonly kind: 'map';
  readonly keys: TextShape | ChoiceShape<K>;
  readonly of: S;
}
export interface EntryShape<F extends Fields = Fields> extends Gives<EntryOf<F>> {
  readonly kind: 'entry';
  /** What one is called in a sentence: "guardrail". */
  readonly noun: string;
  readonly fields: F;
}
/** A single word, or a map. With `lift`, the word is short for the map that has it under that key. */
export interface EitherShape<A extends Shape = Shape, B extends Shape = Shape, L extends string = string> extends Gives<
  string extends L ? ValueOf<A> | ValueOf<B> : ValueOf<B>
> {
  readonly kind: 'either';
  readonly word: A;
  readonly map: B;
  readonly lift?: L;
}

export type Shape =
  | TextShape
  | CountShape
  | FlagShape
  | VersionShape
  | ChoiceShape
  | { readonly kind: 'list'; readonly of: Shape; readonly single: boolean; readonly least: number }
  | { readonly kind: 'map'; readonly keys: TextShape | ChoiceShape; readonly of: Shape }
  | { readonly kind: 'entry'; readonly noun: string; readonly fields: Fields }
  | { readonly kind: 'either'; readonly word: Shape; readonly map: Shape; readonly lift?: string };

export interface Field<S extends Shape = Shape, Always extends boolean = boolean> {
  readonly shape: S;
  /** A sentence or two for the reference page and for completion. */
  readonly about: string;
  /** The field as it is written, without its key: YAML text. */
  readonly example: string;
  /** True where leaving the field out is an error. */
  readonly required: boolean;
  /** What counts when the field is left out; undefined where leaving it out means "none". */
  readonly default: unknown;
  /** How the reference page says the default; needed where the value does not say it. */
  readonly otherwise?: string;
  /** Never present; tells the types whether a reader always gives a value. */
  readonly always?: Always;
}

export type Fields = Readonly<Record<string, Field>>;

export type ValueOf<S> = S extends Gives<infer T> ? T : never;

type AlwaysKeys<F> = { [K in keyof F]: F[K] extends Field<Shape, true> ? K : never }[keyof F];
type Flat<T> = { readonly [K in keyof T]: T[K] };
type FieldValue<F> = F extends { readonly shape: infer S } ? ValueOf<S> : never;
export type EntryOf<F> = Flat<
  { readonly [K in AlwaysKeys<F>]: FieldValue<F[K]> } & {
    readonly [K in Exclude<keyof F, AlwaysKeys<F>>]?: FieldValue<F[K]> | undefined;
  }
>;

export const text = (sort: TextSort = 'text'): TextShape => ({ kind: 'text', sort });
export const count: CountShape = { kind: 'count' };
export const flag: FlagShape = { kind: 'flag' };
export const choice = <const C extends string>(of: readonly C[]): ChoiceShape<C> => ({ kind: 'choice', of });
/** A list that must be written as a list. */
export const list = <S extends Shape>(of: S, least = 0): ListShape<S> => ({ kind: 'list', of, single: false, least });
/** One, or a list of several. */
export const some = <S extends Shape>(of: S, least = 0): ListShape<S> => ({ kind: 'list', of, single: true, least });
export const map = <K extends string, S extends Shape>(keys: TextShape | ChoiceShape<K>, of: S): MapShape<K, S> => ({
  kind: 'map',
  keys,
  of,
});
export const entry = <F extends Fields>(noun: string, fields: F): EntryShape<F> => ({ kind: 'entry', noun, fields });

/** A field that has to be written. */
export const required = <S extends Shape>(shape: S, example: string, about: string): Field<S, true> => ({
  shape,
  about,
  example,
  required: true,
  default: undefined,
});

/** A field that may be left out and then means nothing, or what `otherwise` says. */
export const optional = <S extends Shape>(
  shape: S,
  example: string,
  about: string,
  otherwise?: string,
): Field<S, false> => ({
  shape,
  about,
  example,
  required: false,
  default: undefined,
  ...(otherwise === undefined ? {} : { otherwise }),
});

/** A field that is filled in when it is left out. */
export const defaulted = <S extends Shape>(
  shape: S,
  value: ValueOf<S>,
  example: string,
  about: string,
  otherwise?: string,
): Field<S, true> => ({
  shape,
  about,
  example,
  required: false,
  default: value,
  ...(otherwise === undefined ? {} : { otherwise }),
});
