#!/bin/sh
# ./scripts/db-rollback.sh SERVICE [TARGET]: takes back one revision, or all that came after the target.
set -eu
cd "$(dirname "$0")/.."
exec ${ROWHOUSE:-npx rowhouse} down "${2:--1}" --service "${1:?name a service}"
