#!/bin/sh
# ./scripts/migrate.sh ENVIRONMENT: brings the databases of an environment to where new code can run.
set -eu
cd "$(dirname "$0")/.."
exec ${ROWHOUSE:-npx rowhouse} deploy --env "${1:?name an environment}"
