import type { Language } from './Language.js';

const javascript =
  'abstract any as async await boolean break case catch class const constructor continue debugger declare default delete do else enum export extends false finally for from function get if implements import in instanceof interface is keyof let module namespace new null number of package private protected public readonly require return set static string super switch this throw true try type typeof undefined unknown var void while with yield never';
const c =
  'alignas alignof asm auto bool break case catch char char16_t char32_t class const constexpr const_cast continue decltype default define defined delete do double dynamic_cast else elif endif enum error explicit extern false final float for friend goto if ifdef ifndef include inline int long mutable namespace new noexcept nullptr NULL operator override pragma private protected public register reinterpret_cast return short signed sizeof static static_assert static_cast struct switch template this throw true try typedef typename union undef unsigned using virtual void volatile while size_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t';
const java =
  'abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for if implements import instanceof int interface long native new null package private protected public return short static strictfp super switch synchronized this throw throws transient true false try void volatile while var record sealed permits';

const words: Readonly<Record<Language, string>> = {
  javascript,
  typescript: javascript,
  c,
  objc: `${c} interface implementation end property protocol selector self super id nil YES NO BOOL import class synthesize dynamic nonatomic strong weak copy assign readonly readwrite instancetype`,
  java,
  kotlin:
    'abstract actual annotation as break by catch class companion const constructor continue crossinline data do else enum expect external false final finally for fun get if import in infix init inline inner interface internal is it lateinit null object open operator out override package private protected public reified return sealed set super suspend this throw true try typealias val value var vararg when where while Int Long String Boolean Unit',
  swift:
    'actor any as associatedtype async await break case catch class continue convenience default defer deinit do dynamic else enum extension fallthrough false fileprivate final for func get guard if import in indirect init inout internal is lazy let mutating nil nonisolated open operator optional override private protocol public repeat required rethrows return self Self set some static struct subscript super switch throw throws true try typealias unowned var weak where while willSet didSet Int String Bool Double Void',
  csharp: `${java} as async await base bool checked decimal delegate event explicit extern fixed foreach get goto implicit in internal is lock namespace nameof object operator out override params partial readonly ref sbyte sealed set sizeof stackalloc string struct typeof uint ulong unchecked unsafe ushort using value virtual when where yield dynamic`,
  python:
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return self cls super try while with yield match case int str bool float list dict',
  go: 'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var nil true false iota int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 string bool byte rune error float32 float64 len make append new panic',
  rust: 'as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while i8 i16 i32 i64 u8 u16 u32 u64 usize isize bool str String Vec Option Some None Result Ok Err Box f32 f64 derive cfg',
  php: 'abstract and array as break callable case catch class clone const continue declare default do echo else elseif empty endfor endforeach endif endswitch endwhile extends false final finally fn for foreach function global goto if implements include include_once instanceof insteadof interface isset list match namespace new null or php print private protected public readonly require require_once return self static string int bool float switch this throw trait true try unset use var void while xor yield $this',
  ruby: 'BEGIN END alias and begin break case class def defined? do else elsif end ensure false for if in include module next nil not or private protected public redo require rescue retry return self super then true undef unless until when while yield attr_reader attr_accessor attr_writer raise lambda proc',
};

const sets = new Map<Language, ReadonlySet<string>>(
  (Object.entries(words) as [Language, string][]).map(([language, list]) => [language, new Set(list.split(' '))]),
);

/** The words that renaming leaves alone: keywords and names of built-in types. */
export function keywordsOf(language: Language): ReadonlySet<string> {
  return sets.get(language) ?? new Set();
}
