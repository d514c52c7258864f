/** Which VS Code: the newest one, or the oldest that `engines.vscode` promises to work in. */
export type Flavour = 'newest' | 'oldest';

/** The VS Code version of each flavour; `test/editor/server/` holds the package that brings it. */
export const VERSION: Readonly<Record<Flavour, string>> = { newest: '1.139.1', oldest: '1.100.3' };

/** The flavour named by `DEVTERMS_VSCODE` (`newest` when unset). Throws an `Error` that names the choices otherwise. */
export function chosenFlavour(env: NodeJS.ProcessEnv = process.env): Flavour {
  const wish = env['DEVTERMS_VSCODE'] || 'newest';
  if (wish !== 'newest' && wish !== 'oldest')
    throw new Error(
      `DEVTERMS_VSCODE is "${wish}"; it can be "newest" (VS Code ${VERSION.newest}) or "oldest" (${VERSION.oldest}).`,
    );
  return wish;
}
