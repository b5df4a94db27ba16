#!/usr/bin/env bash
# Any other CI, or none: judges a program, or a preview that was made with your credentials.
#   HYBRID_AI_FABRIC=<clone> bash check.sh [folder | preview.json]
set -uo pipefail
npm --silent --prefix "${HYBRID_AI_FABRIC:?the folder of a clone of hybrid-ai-fabric}" run check-plan -- \
  check "${1:-.}" ${STACK:+--stack "$STACK"} --config "${CONFIG:-settings.json}" --junit junit.xml --evidence evidence.json
status=$?
case $status in
  0) echo "holds" ;;
  1) echo "refused" ;;
  *) echo "not judged" ;;
esac
exit $status
