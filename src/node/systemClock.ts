import type { Clock } from '../ports.js';

/** The machine's own clock, in UTC. */
export const systemClock: Clock = { now: () => new Date().toISOString() };
