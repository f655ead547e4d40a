#!/bin/sh
# ./scripts/health-check.sh ENVIRONMENT: says of each database whether it answers.
set -eu
cd "$(dirname "$0")/.."
exec ${ROWHOUSE:-npx rowhouse} health --env "${1:?name an environment}"
