# What the security checks share; sourced, never run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=../lib.sh
source "$root/scripts/lib.sh"

target=${CARGO_TARGET_DIR:-$root/target}
[[ $target == /* ]] || target=$root/$target
# Where tools and reports go.
work=$target/security
mkdir -p "$work"

# The program under attack; GAARA_BINARY names another build of it.
binary() {
    if [[ -n ${GAARA_BINARY:-} ]]; then
        printf '%s\n' "$GAARA_BINARY"
        return
    fi
    (cd "$root" && cargo build --locked --quiet --workspace) >&2 || die "the binary does not build"
    printf '%s\n' "$target/debug/gaara"
}

# Fails with advice, or installs the Debian package $2 for the command $1 where that is possible.
need() {
    command -v "$1" >/dev/null || install_package "$2"
    command -v "$1" >/dev/null || die "$1 is missing; install the package $2"
}

# Prints the program $3 of the Python package $1 in version $2, which gets an environment of its own:
# next to one another these tools choose old versions of each other.
python_tool() {
    local package=$1 version=$2 program=$3 place=$work/venv/$1-$2
    if [[ ! -x $place/bin/$program ]]; then
        command -v python3 >/dev/null || die "python3 is missing"
        { python3 -m venv "$place" && "$place/bin/pip" install --quiet "$package==$version"; } >&2 ||
            die "pip could not install $package==$version; try: python3 -m venv $place && $place/bin/pip install $package==$version"
    fi
    printf '%s\n' "$place/bin/$program"
}

# Starts a server and waits for its address: sets server_pid, server_url and server_out.
# Arguments go to `gaara serve`; the environment is the caller's.
start_server() {
    local program
    program=$(binary)
    server_dir=$(mktemp -d "${TMPDIR:-/tmp}/gaara-security-XXXXXX")
    server_out=$server_dir/out
    server_log=$server_dir/log
    : >"$server_out"
    # The tools ask more often than the limits allow; those are attacked by tests of their own.
    (cd "$server_dir" && GAARA_RATE_LIMIT__ENABLED=false exec "$program" serve "$@") >"$server_out" 2>"$server_log" &
    server_pid=$!
    trap stop_server EXIT
    local tries=0
    until server_url=$(sed -n 's/^listening on //p' "$server_out" 2>/dev/null) && [[ -n $server_url ]]; do
        tries=$((tries + 1))
        kill -0 "$server_pid" 2>/dev/null && [[ $tries -lt 1800 ]] || die "the server did not start: $(cat "$server_log")"
        sleep 0.1
    done
}

# Ends it and removes what it kept.
stop_server() {
    [[ -n ${server_pid:-} ]] || return 0
    kill -TERM "$server_pid" 2>/dev/null || true
    wait "$server_pid" 2>/dev/null || true
    server_pid=
    rm -rf -- "$server_dir"
}

# What stands behind the prefix $1 in what the server printed.
told() {
    sed -n "s/^$1//p" "$server_out" | head -n 1
}

# Prints an access token of the administrator of a demonstration.
token() {
    local body
    body=$(printf '{"login": "%s", "password": "%s"}' "$(told 'login: ')" "$(told 'password: ')")
    curl -sS --fail "$server_url/api/v1/auth/login" -H 'Content-Type: application/json' -d "$body" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])'
}
