#!/usr/bin/env bash
# A thousand connections that send a byte now and then, in heads and in bodies, while somebody else
# works: one request in a hundred of theirs may take 200 ms.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
need slowhttptest slowhttptest
ulimit -n 8192
GAARA_SERVER__DRAIN_DELAY_MS=0 start_server --demo --listen 127.0.0.1:0
access=$(token)
failed=0
for kind in H B; do
    if [[ $kind == H ]]; then url=$server_url/health; else url=$server_url/api/v1/auth/login; fi
    slowhttptest -"$kind" -c 1000 -r 500 -i 2 -l 20 -p 3 -s 8192 -t POST -u "$url" >"$work/slow-$kind.txt" 2>&1 &
    attack=$!
    python3 "$root/scripts/security/latency.py" "$server_url" "$access" "slowhttptest -$kind" 12 || failed=1
    wait "$attack" || true
done
exit "$failed"
