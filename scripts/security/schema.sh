#!/usr/bin/env bash
# Requests made up from the published schema: nothing fails on our side, no status is undocumented.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
schemathesis=$(python_tool schemathesis 4.32.5 schemathesis)
# What may end the session of the check itself, or the account it belongs to.
own='/auth/|/me/|/setup|/users|/roles|/signing-keys|mfa-policy'

# Attacks a server of its own with the paths that "$2" and "$3" choose; what was found is called $1.
attack() {
    local access status
    GAARA_SERVER__DRAIN_DELAY_MS=0 start_server --demo --listen 127.0.0.1:0
    access=$(token)
    # It keeps a folder of its own where it is run.
    (cd "$work" && "$schemathesis" run "$server_url/api/schema" \
        --header "Authorization: Bearer $access" \
        --checks not_a_server_error,status_code_conformance,content_type_conformance \
        "$2" "$3" --phases examples,coverage,fuzzing --max-examples "${SCHEMATHESIS_EXAMPLES:-15}" \
        --generation-deterministic --no-color --workers 1 >"$1.txt" 2>&1) && status=0 || status=$?
    tail -n 40 "$work/$1.txt"
    stop_server
    return "$status"
}

failed=0
attack schemathesis --exclude-path-regex "$own" || failed=1
attack schemathesis-own --include-path-regex "$own" || failed=1
exit "$failed"
