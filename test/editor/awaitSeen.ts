import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { keepPicture } from './keepPicture.js';

/** How long a person waits for something to appear before it counts as absent, in ms. */
export const PATIENCE = 30_000;
const LOOK_EVERY = 40;

/** Something that was awaited did not appear. The message says what was there instead and where the picture of it is. */
export class NotSeenError extends Error {
  override readonly name = 'NotSeenError';
}

export interface Awaited<T> {
  /** What is awaited, to follow the words "Waited for". */
  readonly what: string;
  /** Looks once: what was awaited, or `undefined` when it is not there (yet). */
  readonly look: () => Promise<T | undefined>;
  /** What is there instead, in words, for the message. */
  readonly instead: () => Promise<string>;
  /** In ms. */
  readonly within?: number;
}

/**
 * Looks at the page until what is awaited is there, and returns it. Throws a `NotSeenError` with a screenshot in
 * `.build/not-seen/` when it does not come in time.
 */
export async function awaitSeen<T>(page: Page, { what, look, instead, within = PATIENCE }: Awaited<T>): Promise<T> {
  const until = Date.now() + within;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) {
      await keepPicture(page, what);
      return seen;
    }
    if (Date.now() > until) break;
    await page.waitForTimeout(LOOK_EVERY);
  }
  const picture = await takePicture(page, what);
  const there = await instead().catch((error: unknown) => `(could not look: ${String(error)})`);
  throw new NotSeenError(
    `Waited ${within / 1000} s for ${what}.\n  Instead there was: ${there || 'nothing'}\n  Screenshot: ${picture}`,
  );
}

async function takePicture(page: Page, what: string): Promise<string> {
  const folder = join(import.meta.dirname, '../../.build/not-seen');
  const name = what
    .replace(/[^a-z0-9]+/gi, '-')
    .slice(0, 60)
    .toLowerCase();
  const path = join(folder, `${name}-${Date.now()}.png`);
  await mkdir(folder, { recursive: true });
  return page.screenshot({ path, timeout: 5_000 }).then(
    () => path,
    (error: unknown) => `none (${error instanceof Error ? error.message : String(error)})`,
  );
}
