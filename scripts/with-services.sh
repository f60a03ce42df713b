#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL and Redis, and ends both whatever the command did.
#
#   scripts/with-services.sh COMMAND [ARGUMENT…]
#
# The command finds them in GAARA_TEST_POSTGRES_URL and GAARA_TEST_REDIS_URL; its status is ours.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

if [[ $# -eq 0 ]]; then
    echo "usage: scripts/with-services.sh COMMAND [ARGUMENT…]" >&2
    exit 2
fi

# State files of this run only: two runs side by side do not see each other.
states=$(mktemp -d "${TMPDIR:-/tmp}/gaara-services.XXXXXX")

# shellcheck disable=SC2329 # the trap below calls it
stop_all() {
    local status=$?
    trap - EXIT INT TERM HUP
    "$here/redis.sh" stop "$states/redis" || status=1
    "$here/postgres.sh" stop "$states/postgres" || status=1
    rm -rf -- "$states"
    exit "$status"
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

"$here/postgres.sh" start "$states/postgres" >/dev/null
"$here/redis.sh" start "$states/redis" >/dev/null
GAARA_TEST_POSTGRES_URL=$("$here/postgres.sh" url "$states/postgres")
GAARA_TEST_REDIS_URL=$("$here/redis.sh" url "$states/redis")
export GAARA_TEST_POSTGRES_URL GAARA_TEST_REDIS_URL

status=0
"$@" || status=$?
exit "$status"
