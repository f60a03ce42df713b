#!/usr/bin/env bash
# TLS as testssl.sh and sslyze see it: no finding above low.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
need testssl testssl.sh
need openssl openssl
sslyze=$(python_tool sslyze 6.3.1 sslyze)

# An authority of its own and a leaf: the tools look at certificates too.
keys=$(mktemp -d "${TMPDIR:-/tmp}/gaara-keys-XXXXXX")
(
    cd "$keys"
    exec 2>/dev/null
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 -keyout ca.key -out ca.pem -subj '/CN=Gaara test authority'
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out leaf.csr -subj '/CN=localhost'
    printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:localhost,IP:127.0.0.1\n' >ext
    openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 90 -extfile ext -out leaf.pem
    cat leaf.pem ca.pem >chain.pem
)

GAARA_SERVER__TLS__CERTIFICATE=$keys/chain.pem GAARA_SERVER__TLS__KEY=$keys/key.pem \
    GAARA_SERVER__DRAIN_DELAY_MS=0 start_server --listen 127.0.0.1:0
address=${server_url#https://}
port=${address##*:}

report=$work/testssl.json
rm -f "$report"
testssl --quiet --color 0 --warnings off --ip 127.0.0.1 --add-ca "$keys/ca.pem" \
    --jsonfile "$report" "localhost:$port" >"$work/testssl.txt" 2>&1 || true
"$sslyze" --json_out="$work/sslyze.json" --mozilla_config=disable \
    --certinfo_ca_file "$keys/ca.pem" --certinfo --tlsv1_3 --tlsv1_2 --tlsv1_1 --tlsv1 --sslv3 --sslv2 \
    --heartbleed --openssl_ccs --robot --reneg --compression --early_data --fallback --elliptic_curves --http_headers \
    "localhost:$port" >"$work/sslyze.txt" 2>&1 || true
python3 "$root/scripts/security/judge_tls.py" "$report" "$work/sslyze.json"
rm -rf -- "$keys"
