#!/usr/bin/env bash
# wapiti over the pages and the API, sqlmap over what takes text: neither finds a way in.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
wapiti=$(python_tool wapiti3 3.2.3 wapiti)
sqlmap=$(python_tool sqlmap 1.10.10 sqlmap)
GAARA_SERVER__DRAIN_DELAY_MS=0 start_server --demo --listen 127.0.0.1:0
access=$(token)
failed=0

lists=(customers products invoices suppliers payments)
seeds=()
for list in "${lists[@]}"; do seeds+=(-s "$server_url/api/v1/$list?q=a&limit=5&sort=-id"); done
"$wapiti" -u "$server_url/api/docs/" "${seeds[@]}" --scope folder -H "Authorization: Bearer $access" \
    -m sql,timesql,xss,exec,file,crlf,redirect,ssrf,xxe,ldap --flush-session --max-scan-time 120 --no-bugreport \
    -f json -o "$work/wapiti.json" >"$work/wapiti.txt" 2>&1 || failed=1
python3 - "$work/wapiti.json" <<'P' || failed=1
import json, sys
report = json.load(open(sys.argv[1]))
found = {kind: len(cases) for part in ("vulnerabilities", "anomalies") for kind, cases in report[part].items() if cases}
print("wapiti:", report["infos"].get("crawled_pages_nbr", report["infos"].get("crawled_pages")), "pages,", found or "nothing found")
sys.exit(1 if found else 0)
P

for list in "${lists[@]}"; do
    out=$work/sqlmap-$list.txt
    "$sqlmap" -u "$server_url/api/v1/$list?q=a&limit=5&sort=id&cursor=a" -H "Authorization: Bearer $access" \
        --batch --level 2 --risk 1 --threads 4 --flush-session --disable-coloring \
        --output-dir "$work/sqlmap" --ignore-code 400,422 >"$out" 2>&1 || true
    if grep -q 'is vulnerable\|identified the following injection' "$out"; then
        printf 'sqlmap: %s can be injected\n' "$list"
        failed=1
    elif grep -q 'do not appear to be injectable' "$out"; then
        printf 'sqlmap: %s: no parameter can be injected\n' "$list"
    else
        printf 'sqlmap: %s: no result, see %s\n' "$list" "$out"
        failed=1
    fi
done
if grep -q '"status":5[0-9][0-9]' "$server_log"; then
    printf 'requests failed on our side:\n'
    grep '"status":5[0-9][0-9]' "$server_log" | head -n 5
    failed=1
fi
exit "$failed"
