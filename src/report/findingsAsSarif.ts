/** Findings as SARIF 2.1.0 (OASIS, with errata 01): for GitHub code scanning, and whatever else reads it. */
import type { CheckNote, CheckResult, Finding } from '../check/Finding.js';
import type { LineSpan, Range } from '../ports.js';
import type { Policy } from '../policy/Policy.js';
import { KIND_WORDS, ruleOf, standingOf, termsOf, type FindingRule } from './findingWords.js';
import { asSentence } from './words.js';

/** Which state of which repository was checked. */
export interface Provenance {
  /** An absolute URI, without a user's name or password. */
  readonly repository: string;
  /** The commit's full id; left out on an unborn branch. */
  readonly revision?: string;
  /** Left out where no branch is checked out. */
  readonly branch?: string;
}

/** What a report says of how it came about. */
export interface SarifContext {
  /** Of devterms. */
  readonly version: string;
  readonly provenance?: Provenance;
  /** True where known findings were told from new ones. */
  readonly hasBaseline?: boolean;
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const ROOT = '%SRCROOT%';

/** The log: one run, a rule for every rule of the policy that something was found under, and a result for every finding. */
export function findingsAsSarif(result: CheckResult, policy: Policy, context: SarifContext): object {
  const rules = new Map<string, { readonly index: number; readonly rule: FindingRule; readonly first: Finding }>();
  const results = result.findings.map((finding) => {
    const rule = ruleOf(finding, policy);
    const known = rules.get(rule.id);
    const index = known?.index ?? rules.size;
    if (known === undefined) rules.set(rule.id, { index, rule, first: finding });
    return resultOf(finding, policy, rule.id, index, context);
  });
  const { provenance, version } = context;
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'devterms',
            fullName: 'Developer Terms',
            semanticVersion: version,
            rules: [...rules.values()].map(({ rule, first }) => descriptorOf(rule, first, policy)),
          },
        },
        automationDetails: { id: 'developer-terms/' },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the repository.' } } },
        ...(provenance === undefined ? {} : { versionControlProvenance: [controlOf(provenance)] }),
        invocations: [
          {
            executionSuccessful: true,
            exitCode: result.summary.fails > 0 ? 1 : 0,
            ...(result.notes.length === 0 ? {} : { toolExecutionNotifications: result.notes.map(notificationOf) }),
          },
        ],
        results,
        properties: { policy: result.policy },
      },
    ],
  };
}

function resultOf(finding: Finding, policy: Policy, ruleId: string, ruleIndex: number, context: SarifContext): object {
  const { path, range, fingerprint, kind, action, effect, outcome, assets, message, source } = finding;
  const standing = standingOf(finding, policy);
  const text = [message, ...(standing === undefined ? [] : [standing]), ...termsOf(finding, policy)].join(' ');
  return {
    ruleId,
    ruleIndex,
    level: levelOf(finding),
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: artifact(path), region: regionOf(range) } }],
    ...(source?.path === undefined
      ? {}
      : { relatedLocations: [originOf(source.path, source.lines, `The covered code: ${source.asset}.`)] }),
    // The second is the only one that GitHub reads, to know an alert again when its lines move.
    partialFingerprints: { 'developerTerms/v1': fingerprint, primaryLocationLineHash: `${fingerprint}:1` },
    // Without suppressions a result says nothing of whether it is suppressed; an empty list says that it is not.
    suppressions: isSuppressed(finding)
      ? [{ kind: 'external', status: 'accepted', justification: standing ?? outcome }]
      : [],
    ...(context.hasBaseline === true ? { baselineState: outcome === 'known' ? 'unchanged' : 'new' } : {}),
    properties: {
      kind,
      action,
      effect,
      outcome,
      assets,
      ...(finding.in === undefined ? {} : { commit: finding.in.commit }),
    },
  };
}

function isSuppressed({ outcome }: Finding): boolean {
  return outcome === 'waived' || outcome === 'known' || outcome === 'justified';
}

function levelOf({ outcome }: Finding): 'error' | 'warning' | 'note' {
  // GitHub shows suppressed results like others, so they must not shout.
  return outcome === 'fails' ? 'error' : outcome === 'warned' ? 'warning' : 'note';
}

function descriptorOf({ id, reason }: FindingRule, first: Finding, policy: Policy): object {
  const what = asSentence(ruleInWords(id, reason, first));
  // What the reason says beyond that is about one case where no rule of the policy says it.
  const why = isOfPolicy(id) ? reason?.why : undefined;
  const heading = reason?.clause === undefined ? undefined : policy.agreement.clauses?.[reason.clause];
  const contact = reason?.contact ?? policy.agreement.contact;
  const clause =
    reason?.clause === undefined ? undefined : `${reason.clause}${heading === undefined ? '' : `, ${heading}`}`;
  const parts = [
    ['What', what],
    ['Why', why],
    ['Instead', reason?.instead],
    ['Clause', clause === undefined ? undefined : `${clause} (${policy.agreement.title})`],
    ['Ask', contact],
  ].flatMap(([name, text]) => (name === undefined || text === undefined ? [] : [[name, text] as const]));
  return {
    id,
    name: id
      .split(/[^\p{L}\p{N}]+/u)
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(''),
    shortDescription: { text: what },
    fullDescription: { text: [what, ...(why === undefined ? [] : [asSentence(why)])].join(' ') },
    help: {
      text: parts.map(([name, text]) => `${name}: ${text}`).join('\n'),
      markdown: parts.map(([name, text]) => `**${name}:** ${escaped(text)}`).join('\n\n'),
    },
    defaultConfiguration: { level: reason?.effect === 'warn' ? 'warning' : 'error' },
    properties: {
      tags: ['confidentiality'],
      precision: 'very-high',
      'problem.severity': reason?.effect === 'warn' ? 'warning' : 'error',
    },
  };
}

/** True for rules that the policy states in words of its own. */
function isOfPolicy(id: string): boolean {
  return /^(guardrail|wall|training|grant):/.test(id);
}

const DEFAULT_RULES: Readonly<Record<string, string>> = {
  'default:ungranted': 'No grant of the agreement permits this',
  'default:unknown': 'The person is in no team of the agreement',
  'default:unlisted': 'No asset covers this code, and the agreement permits nothing there',
  'marker:unknown': 'A marker names an asset that the policy does not have',
};

/** What a rule is, for every finding under it. */
function ruleInWords(id: string, reason: FindingRule['reason'], { kind }: Finding): string {
  if (isOfPolicy(id) && reason?.what !== undefined) return reason.what;
  const code = id.slice(id.indexOf(':') + 1);
  return DEFAULT_RULES[id] ?? (code === '' || id === kind ? KIND_WORDS[kind] : `${KIND_WORDS[kind]}: ${code}`);
}

function notificationOf({ code, path, message }: CheckNote): object {
  return {
    level: 'note',
    message: { text: message },
    descriptor: { id: code },
    ...(path === undefined ? {} : { locations: [{ physicalLocation: { artifactLocation: artifact(path) } }] }),
  };
}

function controlOf({ repository, revision, branch }: Provenance): object {
  return {
    repositoryUri: repository,
    ...(revision === undefined ? {} : { revisionId: revision }),
    ...(branch === undefined ? {} : { branch }),
    mappedTo: { uriBaseId: ROOT },
  };
}

function originOf(path: string, lines: LineSpan | undefined, text: string): object {
  const region = lines === undefined ? {} : { region: { startLine: lines.start, endLine: lines.end } };
  return { physicalLocation: { artifactLocation: artifact(path), ...region }, message: { text } };
}

function regionOf({ start, end }: Range): object {
  // A range that ends where a line begins takes in the lines before it.
  if (end.column === 1 && end.line > start.line)
    return { startLine: start.line, startColumn: start.column, endLine: end.line - 1 };
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** A path as a relative URI reference: every character of a name that means something in a URI is encoded. */
function artifact(path: string): object {
  const uri = path
    .split('/')
    .map((name) => encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd')))
    .join('/');
  return { uri, uriBaseId: ROOT };
}

/** Plain text as Markdown that shows it as it is. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~!]/g, '\\$&');
}
