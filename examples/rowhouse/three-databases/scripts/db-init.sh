#!/bin/sh
# ./scripts/db-init.sh SERVICE: makes the tables of a service and writes its seeds. The database must be there.
set -eu
cd "$(dirname "$0")/.."
rowhouse=${ROWHOUSE:-npx rowhouse}
$rowhouse wait --service "${1:?name a service}"
$rowhouse up --service "$1"
$rowhouse seed --service "$1"
