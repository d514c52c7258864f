/**
 * The engine's façade: what both hosts use, and the library that others embed. It knows no editor, disk, clock or network;
 * they arrive as ports.
 */
import { decide } from './decision/decide.js';
import type { Ask, Facts } from './decision/Ask.js';
import type { Decision } from './decision/Decision.js';
import { loadPolicy } from './policy/loadPolicy.js';
import { parsePolicy } from './policy/parsePolicy.js';
import type { Policy } from './policy/Policy.js';
import type { PolicyReading } from './policy/PolicyInForce.js';
import type { Problem } from './policy/Problem.js';
import { policyWarningsAt } from './policy/warningsAt.js';
import { warningsInTree } from './policy/warningsInTree.js';
import { UserError, type Files, type Hash, type Instant } from './ports.js';
import { assetsOfFile } from './regions/fileReading.js';
import type { FileRegions } from './regions/Region.js';
import { createRegionTracker, type RegionTracker } from './regions/RegionTracker.js';
import { regionsOf } from './regions/regionsOf.js';
import { treeOf } from './regions/treeOf.js';
import type { CourseRecords } from './training/CourseRecords.js';
import { readRecords, type RecordOptions, type RecordPorts } from './training/readRecords.js';

export type { Action, Effect } from './policy/language.js';
export type { ParsedPolicy, Policy } from './policy/Policy.js';
export type { Problem } from './policy/Problem.js';
export type { Decision, Reason } from './decision/Decision.js';
export type { Ask, CourseRecord, Exposure, Facts, UncheckedCourse } from './decision/Ask.js';
export type { FileRegions, MarkerProblem, Region } from './regions/Region.js';
export type { CourseRecords, SourceState, SourceStatus } from './training/CourseRecords.js';
export type { RecordOptions, RecordPorts } from './training/readRecords.js';
export type { Clock, Files, Hash, Network } from './ports.js';
export type { CopyMatch, Explanation, Overlap } from './copies/CopyIndex.js';
export { CopyIndex, createCopyIndex, FollowedDocument } from './copies/CopyIndex.js';
export { decide, parsePolicy, regionsOf };
export { ENGINE_VERSION } from './engine/version.js';

/** What an engine needs from its host, for one repository. */
export interface EnginePorts {
  readonly files: Files;
  readonly hash: Hash;
}

/** One repository's engine. It keeps no state of its own: the host holds the policy that is in force. */
export interface Engine {
  /** Reads the policy at `path` with everything it extends. A file that is missing or unreadable is told as such. */
  readPolicy(path: string): Promise<PolicyReading>;
  /** What a good policy's problems leave out because it depends on the day: grants already over, an overdue review. */
  warningsAt(policy: Policy, at: Instant): readonly Problem[];
  /** Patterns, assets and rules that match nothing among these files of the repository. */
  warningsInTree(policy: Policy, paths: readonly string[]): readonly Problem[];
  /** The course records of all the policy's sources, with how each of them is. Paths are from the repository's root. */
  readRecords(policy: Policy, ports: Omit<RecordPorts, 'files'>, options?: RecordOptions): Promise<CourseRecords>;
  /** Ids of the assets whose paths cover a file. Cheap: patterns are compiled once per policy. */
  assetsOf(policy: Policy, path: string, target?: string): readonly string[];
  /** What covers a file, by its path and by the markers in its text. `target` is where it leads when it is a link. */
  regionsOf(policy: Policy, path: string, text: string, target?: string): FileRegions;
  /** The same, following a document edit by edit. */
  track(policy: Policy, path: string, text: string, target?: string): RegionTracker;
  /** May this person do this to this code, now? Total: always a decision. */
  decide(policy: Policy, regions: FileRegions, ask: Ask, facts: Facts): Decision;
}

export function createEngine(ports: EnginePorts): Engine {
  return Object.freeze<Engine>({
    async readPolicy(path) {
      let bytes: Uint8Array | undefined;
      try {
        bytes = await ports.files.read(path);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        const start = { line: 1, column: 1 };
        const message = `${path} cannot be read. ${error.message} Make it readable and save it again.`;
        const problem = {
          code: 'unreadable',
          severity: 'error',
          file: path,
          range: { start, end: start },
          message,
        } as const;
        return { kind: 'unreadable', problem };
      }
      if (bytes === undefined) return { kind: 'missing' };
      const parsed = await loadPolicy(path, ports.files, ports.hash);
      return { kind: 'parsed', parsed, sha256: await ports.hash(bytes) };
    },
    warningsAt: policyWarningsAt,
    warningsInTree: (policy, paths) => warningsInTree(policy, treeOf(paths)),
    readRecords: (policy, { clock, network }, options) =>
      readRecords(policy, { files: ports.files, clock, ...(network === undefined ? {} : { network }) }, options),
    assetsOf: assetsOfFile,
    regionsOf,
    track: createRegionTracker,
    decide,
  });
}
