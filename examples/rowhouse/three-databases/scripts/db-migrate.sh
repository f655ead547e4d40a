#!/bin/sh
# ./scripts/db-migrate.sh SERVICE: applies what is pending; ENVIRONMENT chooses the database.
set -eu
cd "$(dirname "$0")/.."
exec ${ROWHOUSE:-npx rowhouse} up --service "${1:?name a service}"
