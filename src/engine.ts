/** The engine's façade: what both hosts use, and the library that others embed. */
export type { Action, Effect } from './policy/language.js';
export type { ParsedPolicy, Policy } from './policy/Policy.js';
export type { Problem } from './policy/Problem.js';
export type { Decision, Reason } from './decision/Decision.js';
export type { Ask, CourseRecord, Exposure, Facts } from './decision/Ask.js';
export type { FileRegions, MarkerProblem, Region } from './regions/Region.js';
export const ENGINE_VERSION = '0.1.0';
