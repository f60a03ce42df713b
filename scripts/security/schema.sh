#!/usr/bin/env bash
# Requests made up from the published schema: nothing fails on our side, no status is undocumented.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
schemathesis=$(python_tool schemathesis 4.32.5 schemathesis)
GAARA_SERVER__DRAIN_DELAY_MS=0 start_server --demo --listen 127.0.0.1:0
access=$(token)
# It keeps a folder of its own where it is run.
cd "$work"
# What ends the session of the check itself is left out; the tests of the house try those.
"$schemathesis" run "$server_url/api/schema" --header "Authorization: Bearer $access" \
    --checks not_a_server_error,status_code_conformance,content_type_conformance \
    --exclude-path-regex '/auth/|/me/|/setup|/users|/roles|/signing-keys|mfa-policy' \
    --phases examples,coverage,fuzzing --max-examples "${SCHEMATHESIS_EXAMPLES:-15}" \
    --generation-deterministic --no-color --workers 1 >"$work/schemathesis.txt" 2>&1 && status=0 || status=$?
tail -n 40 "$work/schemathesis.txt"
exit "$status"
