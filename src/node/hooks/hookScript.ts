/** The scripts that git runs. POSIX sh, as Git for Windows has it too. */

export const HOOK_NAMES = ['pre-commit', 'commit-msg'] as const;
export type HookName = (typeof HOOK_NAMES)[number];

/** A hook that was there before is kept under its name with this behind it. */
export const EARLIER = '.before-devterms';

const SIGN = '# Written by: devterms hooks install. Taken out by: devterms hooks uninstall.';
const BEGIN = '# >>> devterms hooks install >>>';
const BEGIN_ALONE = '# >>> devterms hooks install (made this file) >>>';
/** The hook's first line had no end, and was given one. */
const BEGIN_ENDED = '# >>> devterms hooks install (ended the line above) >>>';
const END = '# <<< devterms hooks install <<<';

/** A hook of its own, which runs the hook that was there before it, if any, when the check has passed. */
export function ownHook(name: HookName): string {
  return `#!/bin/sh
${SIGN}
${checking(name)}
devterms_check "$@" || exit 1
if [ -x "$0${EARLIER}" ]; then exec "$0${EARLIER}" "$@"; fi
exit 0
`;
}

/** True for a hook that `ownHook` wrote, in this version or another. */
export function isOwnHook(text: string): boolean {
  return text.split('\n', 3).includes(SIGN);
}

/**
 * The hook of somebody else with our lines in it, behind its first line where that says which shell runs it: whatever
 * comes later may end the script. Lines that are there already are replaced. Without a hook, our lines alone.
 */
export function withBlock(name: HookName, hook: string | undefined): string {
  const before = hook === undefined ? undefined : withoutBlock(hook);
  const block = (begin: string): string => `${begin}\n${checking(name)}\ndevterms_check "$@" || exit 1\n${END}\n`;
  if (before === undefined) return block(BEGIN_ALONE);
  const line = /^#!.*(\n|$)/.exec(before)?.[0] ?? '';
  // A first line without an end would run into ours.
  if (line !== '' && !line.endsWith('\n')) return `${line}\n${block(BEGIN_ENDED)}`;
  return line + block(BEGIN) + before.slice(line.length);
}

/** The function that looks for devterms and asks it. It ends by itself with 0 where the commit may go on, else with 1. */
function checking(name: HookName): string {
  const asked = name === 'pre-commit' ? 'check --staged --await-reason' : 'check --staged --quiet --message "$1"';
  return `devterms_check() (
  policy=developer-terms.yaml
  if [ ! -e "$policy" ] && ! git cat-file -e ":$policy" 2>/dev/null && ! git cat-file -e "HEAD:$policy" 2>/dev/null; then
    exit 0
  fi
  devterms=node_modules/.bin/devterms
  if [ ! -x "$devterms" ]; then devterms=$(git rev-parse --git-common-dir)/../node_modules/.bin/devterms; fi
  if [ ! -x "$devterms" ]; then devterms=$(command -v devterms) || devterms=; fi
  if [ -z "$devterms" ]; then
    echo "devterms was not found, so this commit was not checked against $policy, and was stopped." >&2
    echo "  To install it:           npm install --save-dev developer-terms" >&2
    echo "  To commit without it:    git commit --no-verify (the check in CI stays)" >&2
    echo "  To take this hook out:   npx developer-terms hooks uninstall" >&2
    exit 1
  fi
  code=0
  "$devterms" ${asked} || code=$?
  case $code in
    0) exit 0 ;;
    1) echo "This commit was stopped by the developer terms. git commit --no-verify skips this hook; CI judges the same." >&2 ;;
    126 | 127) echo "devterms did not start, so this commit was stopped. Is Node.js on the PATH of the program that commits?" >&2 ;;
    *) echo "This commit could not be checked (exit code $code), so it was stopped." >&2 ;;
  esac
  exit 1
)`;
}

/** The hook as it was before `withBlock`; undefined where there was none. A hook without our lines comes back as it is. */
export function withoutBlock(hook: string): string | undefined {
  for (const begin of [BEGIN, BEGIN_ALONE, BEGIN_ENDED]) {
    const from = hook.indexOf(`${begin}\n`);
    const to = hook.indexOf(`${END}\n`, from);
    if (from < 0 || to < 0) continue;
    const rest = hook.slice(0, begin === BEGIN_ENDED ? from - 1 : from) + hook.slice(to + END.length + 1);
    return begin === BEGIN_ALONE && rest === '' ? undefined : rest;
  }
  return hook;
}

export function hasBlock(hook: string): boolean {
  return hook.includes(`${END}\n`);
}
