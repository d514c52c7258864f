#!/usr/bin/env bash
# A repository with a history, as two companies would write it, and what every command says about it.
#
#   test/cli/scenario.sh [DEVTERMS...]     the command to run; dist/cli.js by default
#
# Needs bash, git and node. Exits 0 when everything is as it should be, 1 with the first thing that is not.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
if [ $# -gt 0 ]; then devterms=("$@"); else devterms=(node "$here/dist/cli.js"); fi

top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
export XDG_CACHE_HOME="$top/cache" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_COMMITTER_NAME=Committer GIT_COMMITTER_EMAIL=committer@helio.example NO_COLOR=1
unset GIT_DIR GIT_INDEX_FILE GIT_AUTHOR_EMAIL GIT_AUTHOR_NAME
mkdir "$top/tree" && cd "$top/tree" || exit 1

passed=0
fail() {
  printf 'not as it should be: %s\n' "$1" >&2
  printf -- '--- exit code %s, standard output:\n%s\n--- standard error:\n%s\n' "$code" "$out" "$err" >&2
  exit 1
}
# run EXIT_CODE WHAT COMMAND...: runs devterms, and wants this exit code and no stack trace.
run() {
  local want=$1 what=$2
  shift 2
  said=$what
  out=$("${devterms[@]}" "$@" 2>"$top/err")
  code=$?
  err=$(cat "$top/err")
  [ "$code" = "$want" ] || fail "$what: exit code $code, not $want"
  case "$err" in *"    at "*) fail "$what: a stack trace" ;; esac
  passed=$((passed + 1))
}
says() {
  case "$out$err" in *"$1"*) passed=$((passed + 1)) ;; *) fail "$said: does not say '$1'" ;; esac
}
says_nothing_of() {
  case "$out$err" in *"$1"*) fail "$said: says '$1'" ;; *) passed=$((passed + 1)) ;; esac
}
commit() { # AUTHOR MESSAGE
  git add -A && git commit -q --allow-empty --no-verify --author "Somebody <$1>" -m "$2"
}

ana=ana@helio.example ben=ben@helio.example nia=nia@north.example

# --- The co-build: Northlight's camera code, Helio's fusion code, terms of both. -------------------------------------
git init -q -b main .
git config user.email "$ana" && git config user.name Ana
mkdir -p camera/api fusion terms shared
cat > developer-terms.yaml <<'YAML'
version: 1
agreement:
  {id: JDA-7, title: Joint Development Agreement, from: 2020-01-01, until: 2099-12-31, zone: UTC, contact: desk@helio.example,
   clauses: {"3.2": Permitted use, "6.2": No copying, "9.1": Amendment}}
parties: [{id: helio, name: Helio GmbH}, {id: north, name: Northlight Inc.}]
teams:
  - {id: helio-dev, party: helio, members: [ana@helio.example, ben@helio.example]}
  - {id: north-dev, party: north, members: [nia@north.example]}
assets:
  - {id: camera, owner: north, paths: ["camera/**", "!camera/api/**"]}
  - {id: camera-api, owner: north, tier: confidential, paths: ["camera/api/**"]}
  - {id: tuning, owner: north}
  - {id: fusion, owner: helio, tier: confidential, paths: ["fusion/**"]}
  - {id: terms, owner: [helio, north], tier: confidential, paths: [developer-terms.yaml, "terms/**"]}
training:
  - {id: intro, title: Introduction, covers: [camera], actions: [edit], for: [helio-dev], clause: "3.2"}
records: [{kind: file, path: terms/courses.csv}]
guardrails:
  - {id: no-copy, covers: [camera, tuning], actions: [copy, move], effect: deny, what: Camera code stays where it is., why: It was licensed for reading., instead: Call camera/api., contact: nora@north.example, clause: "6.2"}
  - {id: terms-change, covers: [terms], actions: [edit], who: everyone, effect: justify, what: Say what was agreed., why: These terms restate a contract., instead: Ask the desk., clause: "9.1"}
grants:
  - {id: interface, to: [helio-dev], covers: [camera-api], actions: [view, use], clause: "3.2"}
  - {id: reading, to: [helio-dev], covers: [camera], actions: [view], clause: "3.2"}
  - {id: copying, to: ["person:ben@helio.example"], covers: [camera], actions: [copy], clause: "3.2"}
  - {id: summer, to: ["person:ana@helio.example"], covers: [camera], actions: [edit], until: 2021-09-30, clause: "3.2"}
  - {id: repairs, to: ["person:ben@helio.example"], covers: [camera], actions: [edit], purpose: [repair], clause: "3.2"}
approvers: [{person: nora@north.example, party: north}]
waivers:
  - {id: w-harness, lifts: [no-copy], to: ["person:ben@helio.example"], covers: [camera], actions: [copy], into: ["fusion/test/**"], until: 2098-12-31, by: nora@north.example, reason: Byte-exact frames for the harness., signed: 2026-01-05, clause: "6.2"}
evidence: {record: [edit, copy]}
YAML
printf 'person,course,passed\nana@helio.example,intro,2026-01-10\nben@helio.example,intro,2026-01-10\n' > terms/courses.csv
cat > developer-terms.cases.yaml <<'YAML'
policy: developer-terms.yaml
world: {files: {camera/lens.ts: "a"}, records: []}
cases:
  - {id: owner, ask: {who: nia@north.example, action: edit, file: camera/lens.ts, at: "2026-05-01T10:00:00Z"}, expect: {effect: allow, rules: ["default:owner"]}, why: It is theirs.}
YAML
cat > camera/lens.ts <<'CODE'
export interface Pixel { readonly row: number; readonly column: number; readonly light: number }
export function undistort(pixels: readonly Pixel[], centre: Pixel, bend: readonly number[]): Pixel[] {
  const straight: Pixel[] = [];
  for (const pixel of pixels) {
    const across = pixel.column - centre.column;
    const down = pixel.row - centre.row;
    const radius = Math.hypot(across, down) / 814.25;
    let stretch = 1;
    for (let power = 0; power < bend.length; power++) stretch += (bend[power] ?? 0) * radius ** (2 * power + 2);
    const column = centre.column + across * stretch;
    const row = centre.row + down * stretch;
    if (column < 0 || row < 0) continue;
    const shade = 1 / (1 + 0.31 * radius * radius);
    straight.push({ row: Math.round(row), column: Math.round(column), light: pixel.light / shade });
  }
  straight.sort((a, b) => a.row - b.row || a.column - b.column);
  const merged: Pixel[] = [];
  for (const pixel of straight) {
    const last = merged[merged.length - 1];
    if (last !== undefined && last.row === pixel.row && last.column === pixel.column) {
      merged[merged.length - 1] = { ...last, light: Math.max(last.light, pixel.light) };
    } else merged.push(pixel);
  }
  return merged;
}
CODE
echo 'export { undistort } from "../lens.js";' > camera/api/public.ts
printf 'import { undistort } from "../camera/api/public.js";\nexport const fuse = undistort;\n' > fusion/main.ts
printf '// shared\nexport const a = 1;\n// TERMS-BEGIN asset=tuning\nexport const gainOfSensor = 4;\nexport const biasOfSensor = 7;\n// TERMS-END\nexport const b = 2;\n' > shared/tuned.ts
commit "$nia" 'Begin the co-build'
start=$(git rev-parse HEAD)

run 1 'the policy is sound but for a grant that is over' lint
says 'The grant `summer` ended on 30 September 2021'
run 0 'the cases of the policy pass' test developer-terms.cases.yaml
run 0 'the owner may edit' ask --who "$nia" --action edit --file camera/lens.ts
run 1 'the grant of the summer is over' ask --who "$ana" --action edit --file camera/lens.ts
says "The grant 'summer' ended on 30 September 2021"
run 0 'the files as they are' check
run 0 'nothing is staged' check --staged
run 0 'no commits' check --since main
says 'Nothing found'

# --- A branch of each kind. ------------------------------------------------------------------------------------------
branch() { git checkout -q -f main && git checkout -q -b "$1"; }

branch expired-grant
sed -i.bak 's/814.25/815.25/' camera/lens.ts && rm camera/lens.ts.bak && git add -A
run 1 'an edit under a grant that is over, staged' check --staged
says 'Line 7 was changed: camera of Northlight Inc.'
says "The grant 'summer' ended on 30 September 2021"
says_nothing_of 815.25
run 0 'the same as of when the grant held' check --staged --at 2021-05-01T10:00:00Z --who nia@north.example
commit "$ana" 'Correct the focal length'
run 1 'the same, committed' check --since main
says "$ana"
commit_by_ben() { git commit -q --amend --no-verify --author "Ben <$ben>" -m "$1"; }
commit_by_ben 'Correct the focal length'
run 1 'a grant that needs a purpose' check --since main
says 'Terms-Purpose'
commit_by_ben 'Correct the focal length

Terms-Purpose: repair'
run 0 'the purpose in the message' check --since main

branch copied
mkdir -p fusion/test
sed -e '1d' -e 's/pixel/dot/g; s/straight/flat/g; s/radius/away/g; s/undistort/unbend/g' camera/lens.ts > fusion/own.ts
commit "$ana" 'Write our own'
run 1 'a copy with other names' check --since main
says 'fusion/own.ts'
says 'of camera/lens.ts'
says 'Clause 6.2 (No copying)'
says 'Ask: nora@north.example'
says_nothing_of 0.31
git mv fusion/own.ts fusion/ours.ts && commit "$ana" 'Rename it'
run 1 'the copy after it was renamed' check --since main
echo 'export const ours = 1;' > fusion/ours.ts && commit "$ana" 'Write it anew'
run 0 'the copy was taken back' check --since main
says 'The history still holds it'

branch waived
mkdir -p fusion/test && cp camera/lens.ts fusion/test/frames.ts
commit "$ben" 'Add the harness'
run 0 'a copy that a waiver permits' check --since main
says "The waiver 'w-harness' applies: nora@north.example lifted no-copy"
git mv fusion/test/frames.ts fusion/frames.ts && commit "$ben" 'Move the harness'
run 1 'the same outside the place of the waiver' check --since main

branch unmarked
sed -i.bak '/TERMS-/d' shared/tuned.ts && rm shared/tuned.ts.bak
commit "$ana" 'Tidy up'
run 1 'a marker that was removed' check --since main
says 'A marker was taken out or altered'
says 'tuning of Northlight Inc.'

branch renamed
git mv camera/lens.ts shared/lens.ts && commit "$ana" 'Move the lens'
run 1 'a rename out of the asset' check --since main
says 'camera/lens.ts becomes shared/lens.ts'

branch imported
echo 'import { undistort as direct } from "../camera/lens.js";' >> fusion/main.ts
git add -A
run 1 'an import past the interface, staged' check --staged
says 'This line imports camera/lens.ts'
commit "$ana" 'Import it directly'
run 1 'an import past the interface' check --since main

branch loosened
sed -i.bak 's/actions: \[copy, move\], effect: deny/actions: [copy, move], effect: warn/' developer-terms.yaml && rm developer-terms.yaml.bak
cp camera/lens.ts fusion/free.ts
commit "$ana" 'Relax the terms'
run 1 'terms that are loosened, and used at once' check --since main
says "looser  'effect' of the guardrail 'no-copy' was deny and is now warn."
says 'fusion/free.ts'
git rm -q fusion/free.ts && git commit -q --amend --no-verify -m 'Relax the terms

Terms-Reason: Agreed between the parties on 3 May.'
run 0 'terms that are loosened for a reason' check --since main
says 'Reason given: Agreed between the parties on 3 May.'

branch evil
git checkout -q -b side main && echo side > side.txt && commit "$ana" 'Side'
git checkout -q evil && echo own > own.txt && commit "$ana" 'Own'
git merge -q --no-commit --no-ff side && echo '// by the way' >> camera/lens.ts && commit "$ana" 'Merge side'
run 1 'what a merge does by itself' check --since main
says 'camera/lens.ts'

branch dropped
git checkout -q -b upstream main && echo '// a newer lens' >> camera/lens.ts && commit "$nia" 'Improve the lens'
git checkout -q dropped && echo own > own.txt && commit "$ana" 'Own'
git merge -q -s ours --no-edit upstream
run 1 'a merge that drops what the other side changed' check --since upstream
says 'of camera/lens.ts was taken out: camera of Northlight Inc.'

git checkout -q -f main
run 1 'a place that the code may not go to' check --into remote:github.com/helio/app
says 'camera/lens.ts would go to github.com/helio/app: camera of Northlight Inc.'

# --- The other commands. ---------------------------------------------------------------------------------------------
git checkout -q -f main
run 0 'the index is built' index build
run 0 'the index tells what it holds' index inspect
says_nothing_of undistort
git checkout -q copied~1 -- . 2>/dev/null && git reset -q
run 1 'the index finds the copy' index find fusion/ours.ts
git checkout -q -f main && git clean -qfd
git checkout -q -f copied~1
run 1 'JSON for programs' check --since main --format json
printf '%s' "$out" | node -e '
  let text = "";
  process.stdin.on("data", (part) => (text += part)).on("end", () => {
    const { policy, findings, summary } = JSON.parse(text);
    const [{ kind, action, effect, path, range, source, decision }] = findings;
    const whole = policy.sha256.length === 64 && summary.fails === 1 && kind === "copy" && action === "copy" && effect === "deny";
    process.exit(whole && path && range.start.line >= 1 && source.asset === "camera" && decision.rules.length > 0 ? 0 : 1);
  });' || fail 'the JSON does not hold what docs/check.md says'
run 2 'an unknown revision' check --since nowhere
run 2 'an unknown command' chekc
says "Did you mean 'check'?"

printf '%s as it should be\n' "$passed"
