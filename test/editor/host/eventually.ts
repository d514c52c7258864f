/** How long something inside the extension host may take before it counts as absent, in ms. */
const WITHIN = 10_000;
const LOOK_EVERY = 10;

/**
 * Looks until what is awaited is there (anything but `undefined` and `false`), and returns it. The error says what was
 * awaited and what `instead` tells.
 */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | false | PromiseLike<T | undefined | false>,
  instead: () => unknown = () => undefined,
): Promise<T> {
  const until = Date.now() + WITHIN;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > until) break;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  throw new Error(`Waited ${WITHIN / 1000} s for ${what}. Instead: ${JSON.stringify(await instead(), undefined, 1)}`);
}
