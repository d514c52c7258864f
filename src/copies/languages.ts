/**
 * What the lexer has to know about a language: how comments and strings are written, which words are keywords and which
 * of them open an import. One lexer serves all; a language is a handful of flags.
 */
export interface Language {
  /** The name of the family; files of one family are compared in the abstract tier. */
  readonly name: string;
  /** `//` and `/* … *\/` are comments. */
  readonly slashComments: boolean;
  /** `#` opens a comment to the end of the line: anywhere, only as the first thing on a line, or never. */
  readonly hashComments: 'anywhere' | 'line' | 'never';
  /** `--` opens a comment to the end of the line. */
  readonly dashComments: boolean;
  /** `<!-- … -->` is a comment. */
  readonly markupComments: boolean;
  /** `/…/` may be a regular expression; `(x) =>` means `x =>`; `require` imports. */
  readonly javascript: boolean;
  /** Lines that open with `#` are directives; `#include` is an import. */
  readonly preprocessor: boolean;
  /** `'` may open a lifetime or label instead of a character. */
  readonly lifetimes: boolean;
  /** `"""` opens a string over several lines; in Python one that stands alone is documentation. */
  readonly tripleQuotes: 'strings' | 'docstrings' | 'never';
  /** `=begin` … `=end` is a comment. */
  readonly beginEnd: boolean;
  readonly keywords: readonly string[];
  /** Keywords that open an import when they are the first word of a line. */
  readonly imports: readonly string[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const common: Omit<Language, 'name' | 'keywords' | 'imports'> = {
  slashComments: true,
  hashComments: 'never',
  dashComments: false,
  markupComments: false,
  javascript: false,
  preprocessor: false,
  lifetimes: false,
  tripleQuotes: 'never',
  beginEnd: false,
};

const javascript: Language = {
  ...common,
  name: 'javascript',
  javascript: true,
  keywords: words(`async await break case catch class const continue debugger default delete do else enum export extends
    false finally for function if implements import in instanceof interface let new null of package private protected
    public readonly return static super switch this throw true try typeof undefined var void while with yield as
    abstract declare keyof namespace require`),
  imports: ['import'],
};

const c: Language = {
  ...common,
  name: 'c',
  preprocessor: true,
  keywords: words(`auto bool break case catch char class const constexpr continue default define delete do double else
    elif endif enum explicit extern false final float for friend goto if ifdef ifndef inline int long mutable namespace
    new noexcept nullptr NULL operator override private protected public register return short signed sizeof static
    static_cast reinterpret_cast const_cast dynamic_cast struct switch template this throw true try typedef typename
    union unsigned using virtual void volatile while size_t uint8_t uint16_t uint32_t uint64_t int32_t int64_t`),
  imports: ['using'],
};

const java: Language = {
  ...common,
  name: 'java',
  tripleQuotes: 'strings',
  keywords: words(`abstract assert boolean break byte case catch char class const continue default do double else enum
    extends false final finally float for goto if implements import instanceof int interface long native new null
    package private protected public return short static strictfp super switch synchronized this throw throws transient
    true try void volatile while var record sealed permits yield`),
  imports: ['import', 'package'],
};

const python: Language = {
  ...common,
  name: 'python',
  slashComments: false,
  hashComments: 'anywhere',
  tripleQuotes: 'docstrings',
  keywords: words(`False None True and as assert async await break class continue def del elif else except finally for
    from global if import in is lambda nonlocal not or pass raise return try while with yield self cls`),
  imports: ['import', 'from'],
};

const csharp: Language = {
  ...common,
  name: 'csharp',
  tripleQuotes: 'strings',
  keywords: words(`abstract as async await base bool break byte case catch char checked class const continue decimal
    default delegate do double else enum event explicit extern false finally fixed float for foreach get goto if
    implicit in int interface internal is lock long namespace new null object operator out override params private
    protected public readonly ref return sbyte sealed set short sizeof static string struct switch this throw true try
    typeof uint ulong unchecked ushort using var virtual void volatile where while yield`),
  imports: ['using'],
};

const go: Language = {
  ...common,
  name: 'go',
  keywords: words(`break case chan const continue default defer else fallthrough for func go goto if import interface
    map package range return select struct switch type var nil true false string int int32 int64 uint32 uint64 byte
    error bool float64 make len append`),
  imports: ['import', 'package'],
};

const rust: Language = {
  ...common,
  name: 'rust',
  lifetimes: true,
  keywords: words(`as async await break const continue crate dyn else enum extern false fn for if impl in let loop match
    mod move mut pub ref return self Self static struct super trait true type unsafe use where while bool char i8 i16
    i32 i64 u8 u16 u32 u64 usize isize f32 f64 str String Vec Option Some None Result Ok Err Box`),
  imports: ['use'],
};

const kotlin: Language = {
  ...common,
  name: 'kotlin',
  tripleQuotes: 'strings',
  keywords: words(`abstract as break by catch class companion const constructor continue crossinline data do else enum
    external false final finally for fun get if import in infix init inline inner interface internal is lateinit null
    object open operator out override package private protected public reified return sealed set super suspend this
    throw true try typealias val var vararg when where while`),
  imports: ['import', 'package'],
};

const swift: Language = {
  ...common,
  name: 'swift',
  tripleQuotes: 'strings',
  keywords: words(`associatedtype as async await break case catch class continue convenience default defer deinit do
    dynamic else enum extension fallthrough false fileprivate final for func get guard if import in indirect infix init
    inout internal is lazy let mutating nil open operator optional override private protocol public repeat required
    rethrows return self Self set static struct subscript super switch throw throws true try typealias unowned var weak
    where while`),
  imports: ['import'],
};

const php: Language = {
  ...common,
  name: 'php',
  hashComments: 'anywhere',
  keywords: words(`abstract and array as break callable case catch class clone const continue declare default do echo
    else elseif empty extends false final finally fn for foreach function global if implements include include_once
    instanceof interface isset list match namespace new null or print private protected public readonly require
    require_once return self static string int bool parent switch throw trait true try unset use var void while yield
    $this`),
  imports: ['use', 'namespace', 'require_once', 'include_once'],
};

const ruby: Language = {
  ...common,
  name: 'ruby',
  slashComments: false,
  hashComments: 'anywhere',
  beginEnd: true,
  keywords: words(`alias and begin break case class def defined do else elsif end ensure false for if in module next nil
    not or redo require require_relative rescue retry return self super then true undef unless until when while yield
    attr_reader attr_accessor private protected public lambda proc`),
  imports: ['require', 'require_relative'],
};

const shell: Language = {
  ...common,
  name: 'shell',
  slashComments: false,
  hashComments: 'anywhere',
  keywords: words('if then else elif fi for while do done case esac in function return local export set echo'),
  imports: [],
};

const sql: Language = {
  ...common,
  name: 'sql',
  dashComments: true,
  keywords: words(`select from where join left right inner outer on group by order having insert into values update set
    delete create table view index alter drop and or not null as is in exists case when then else end union all
    SELECT FROM WHERE JOIN LEFT RIGHT INNER OUTER ON GROUP BY ORDER HAVING INSERT INTO VALUES UPDATE SET DELETE CREATE
    TABLE AND OR NOT NULL AS IS IN EXISTS CASE WHEN THEN ELSE END local function nil`),
  imports: [],
};

const markup: Language = {
  ...javascript,
  name: 'markup',
  markupComments: true,
};

/** Any other text: comment signs that most languages share, and the words that most of them use. */
const anything: Language = {
  ...common,
  name: 'anything',
  hashComments: 'line',
  keywords: words(`if else for while do return break continue switch case default try catch finally throw new class
    function def fn func const let var static public private protected void int true false null nil None end`),
  imports: [],
};

const families: readonly (readonly [Language, string])[] = [
  [javascript, 'js jsx ts tsx mjs cjs mts cts'],
  [c, 'c h cc cpp cxx hpp hh hxx inl ipp m mm cu ino glsl'],
  [java, 'java scala groovy gradle dart'],
  [python, 'py pyi pyw pyx'],
  [csharp, 'cs csx'],
  [go, 'go'],
  [rust, 'rs'],
  [kotlin, 'kt kts'],
  [swift, 'swift'],
  [php, 'php phtml inc'],
  [ruby, 'rb rake gemspec'],
  [shell, 'sh bash zsh yml yaml toml cmake r pl pm'],
  [sql, 'sql lua hs elm ada'],
  [markup, 'html htm vue svelte astro xml'],
];

const byExtension = new Map<string, Language>();
for (const [language, extensions] of families)
  for (const extension of words(extensions)) byExtension.set(extension, language);

/** Every language, in a fixed order, so that a host can prepare tables for each. */
export const languages: readonly Language[] = [...families.map(([language]) => language), anything];

/** The language of a path by its extension, without regard to case; `anything` when the extension is not known. */
export function languageOf(path: string): Language {
  const dot = path.lastIndexOf('.');
  if (dot < 0 || dot < path.lastIndexOf('/')) return anything;
  return byExtension.get(path.slice(dot + 1).toLowerCase()) ?? anything;
}
