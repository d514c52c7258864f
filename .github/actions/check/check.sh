#!/bin/sh
# Runs devterms check as action.yml asks for it: INPUT_… are its inputs, EVENT_… what GitHub says of the event.
set -eu

problem() {
  echo "::error title=Developer terms::$1"
  exit 2
}

if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
  echo 'The clone is shallow; the rest of the history is fetched. fetch-depth: 0 at actions/checkout saves this step.'
  git fetch --quiet --unshallow || problem 'The history could not be fetched. Give actions/checkout fetch-depth: 0.'
fi

since=$INPUT_SINCE
if [ -z "$since" ]; then since=${EVENT_BASE:-}; fi
if [ -z "$since" ]; then
  since=${EVENT_BEFORE:-}
  # After a forced push the commit from before is in no branch any more; without it, the branch counts as new.
  if [ -n "$since" ] && ! git cat-file -e "$since^{commit}" 2>/dev/null; then
    git fetch --quiet origin "$since" 2>/dev/null || since=0000000000000000000000000000000000000000
  fi
fi

who=$INPUT_WHO
if [ -z "$who" ] && [ -n "$INPUT_PEOPLE" ]; then
  # Names of accounts know no capitals.
  who=$(printf '%s\n' "$INPUT_PEOPLE" | awk -v login="${EVENT_LOGIN:-}" 'tolower($1) == tolower(login) { print $2; exit }')
  [ -n "$who" ] || problem "No address is known for the account ${EVENT_LOGIN:-}. Add it to the input people."
fi

set -- check --format "$INPUT_FORMAT"
# Without a push or a pull request, as on a schedule, the whole tree is looked at.
if [ -n "$since" ]; then set -- "$@" --since "$since"; fi
if [ -n "$who" ]; then set -- "$@" --who "$who"; fi
if [ -n "$INPUT_PURPOSE" ]; then set -- "$@" --purpose "$INPUT_PURPOSE"; fi
if [ -n "$INPUT_INDEX" ]; then set -- "$@" --index "$INPUT_INDEX"; fi
if [ -n "$INPUT_BASELINE" ]; then set -- "$@" --baseline "$INPUT_BASELINE"; fi
if [ -n "$INPUT_SARIF" ]; then set -- "$@" --report "sarif=$INPUT_SARIF"; fi
# The command is split into its words on purpose.
# shellcheck disable=SC2086
exec $INPUT_DEVTERMS "$@"
