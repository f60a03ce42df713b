#!/usr/bin/env bash
# Every page in a real browser: it shows what it should, and nothing on it breaks its own policy.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
browser=$(command -v chromium || command -v google-chrome || true)
[[ -n $browser ]] || need chromium chromium
browser=$(command -v chromium || command -v google-chrome)
GAARA_SERVER__DRAIN_DELAY_MS=0 start_server --demo --listen 127.0.0.1:0
failed=0
profile=$(mktemp -d "${TMPDIR:-/tmp}/gaara-browser-XXXXXX")
# A page, and a text that is there once its scripts have run.
while read -r page expected; do
    name=$(tr -c 'a-z\n' '-' <<<"$page")
    "$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$profile" --virtual-time-budget=20000 \
        --timeout=60000 --enable-logging=stderr --v=0 --dump-dom "$server_url$page" \
        >"$work/page$name.html" 2>"$work/page$name.txt" || failed=1
    if ! grep -q -- "$expected" "$work/page$name.html"; then
        printf '%s does not show %s\n' "$page" "$expected"
        failed=1
    fi
    if grep -E 'CONSOLE.*(Refused|violates|Content.Security.Policy|Uncaught)' "$work/page$name.txt"; then
        printf '%s breaks its own policy\n' "$page"
        failed=1
    else
        printf '%s: no violation\n' "$page"
    fi
done <<'P'
/setup Set up Gaara
/password Choose your password
/problems/stock.insufficient stock.insufficient
/api/docs/ opblock-summary
/api/redoc createProduct
P
rm -rf -- "$profile"
exit "$failed"
