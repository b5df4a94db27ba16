#!/usr/bin/env bash
# Checks a program or a plan, and tells a pull request of GitHub: annotations at the lines, a summary, and the status.
# Everything comes by environment: PROGRAM, STACK, CONFIG, PACKS, SARIF. Nothing here asks for a permission or a secret,
# so a pull request from a fork gets the same answer.
set -uo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "${GITHUB_WORKSPACE:-$PWD}" || exit 3
sarif="${SARIF:-findings.sarif}"
rm -f "$sarif"

arguments=("${PROGRAM:-.}" --sarif "$sarif")
[ -z "${STACK:-}" ] || arguments+=(--stack "$STACK")
[ -z "${CONFIG:-}" ] || arguments+=(--config "$CONFIG")
for pack in ${PACKS:-}; do arguments+=(--pack "$pack"); done

screen="$(npm --silent --prefix "$here/.." run check-plan -- check "${arguments[@]}")"
status=$?
printf '%s\n' "$screen"

if [ -f "$sarif" ]; then
  node "$here/annotate.js" "$sarif"
  found="$sarif"
else
  found=""
fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  # shellcheck disable=SC2016
  printf '```\n%s\n```\n' "$screen" >> "$GITHUB_STEP_SUMMARY"
fi
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  printf 'sarif=%s\nstatus=%s\n' "$found" "$status" >> "$GITHUB_OUTPUT"
fi
exit "$status"
