import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Where pictures of everything that a person waited for and saw are kept: `DEVTERMS_PICTURES=FOLDER`; none otherwise. */
const FOLDER = process.env['DEVTERMS_PICTURES'];
let last: Buffer | undefined;
let number = 0;
let test = '';

/** Names the test whose pictures follow. */
export function picturesOf(title: string): void {
  test = title;
}

/** Keeps a picture of the window where that is asked for, numbered in the order in which things were seen. */
export async function keepPicture(page: Page, what: string): Promise<void> {
  if (FOLDER === undefined) return;
  const picture = await page.screenshot({ timeout: 5_000 }).catch(() => undefined);
  if (picture === undefined || (last !== undefined && picture.equals(last))) return;
  last = picture;
  const name = `${test} ${what}`.replace(/[^a-z0-9]+/gi, '-').slice(0, 150);
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, `${String(++number).padStart(4, '0')}-${name}.png`), picture);
}
