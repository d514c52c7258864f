import { appendFileSync } from 'node:fs';
import type { HostMessage } from './HostMessage.js';

/** The file that the runner outside reads; it is put in when this is bundled. */
declare const REPORT_FILE: string;

/** Tells the runner outside. Written at once, so that a crash right after loses nothing. */
export function report(message: HostMessage): void {
  appendFileSync(REPORT_FILE, `${JSON.stringify(message)}\n`);
}
