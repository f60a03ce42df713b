#!/usr/bin/env bash
# A throw-away Redis server: its own port on the loopback, nothing on disk, gone after `stop`.
#
#   scripts/redis.sh start [STATE]   print `export GAARA_TEST_REDIS_URL=…`
#   scripts/redis.sh url [STATE]     print the address of the running server
#   scripts/redis.sh stop [STATE]    end it and delete its directory
#
# STATE is the file that remembers the server; else $GAARA_REDIS_STATE, else target/services/redis.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/lib.sh
source "$here/lib.sh"

# Waits until the server accepts connections; fails when its log in $1 says it could not.
await_ready() {
    local log=$1 tries=0
    until grep -q 'Ready to accept connections' "$log" 2>/dev/null; do
        ! grep -q 'Failed listening' "$log" 2>/dev/null || return 1
        tries=$((tries + 1))
        [[ $tries -lt 200 ]] || return 1
        sleep 0.05
    done
}

# Clears away a start that went wrong.
abandon() {
    [[ ! -s $directory/pid ]] || kill -TERM "$(cat "$directory/pid")" 2>/dev/null || true
    rm -rf -- "$directory"
}

start() {
    local state=$1 password port attempt url
    discard_old "$state" TERM

    if ! command -v redis-server >/dev/null; then
        install_package redis-server
        command -v redis-server >/dev/null || die "redis-server is installed, but not in the PATH"
    fi

    directory=$(mktemp -d "${TMPDIR:-/tmp}/gaara-redis.XXXXXX")
    trap abandon EXIT
    password=$(random_hex)

    for attempt in 1 2 3 4 5; do
        port=$(free_port)
        (umask 077 && cat >"$directory/redis.conf") <<CONF
bind 127.0.0.1
port $port
requirepass $password
dir $directory
logfile $directory/server.log
pidfile $directory/pid
daemonize yes
save ""
appendonly no
CONF
        if redis-server "$directory/redis.conf" >/dev/null 2>&1 && await_ready "$directory/server.log"; then
            break
        fi
        # Between the kernel's answer and the start somebody else may have taken the port.
        if [[ $attempt -eq 5 ]] || ! grep -q 'Address already in use' "$directory/server.log"; then
            die "the server did not start: $(cat "$directory/server.log" 2>/dev/null)"
        fi
        rm -f "$directory/server.log"
    done

    url="redis://default:$password@127.0.0.1:$port/"
    write_state "$state" "$directory" "$(cat "$directory/pid")" "127.0.0.1:$port" "$url"
    trap - EXIT
    printf 'export GAARA_TEST_REDIS_URL=%s\n' "$url"
}

show_url() {
    local directory pid mark url
    [[ -e $1 ]] || die "not running"
    read_state "$1"
    printf '%s\n' "$url"
}

state=${2:-${GAARA_REDIS_STATE:-$here/../target/services/redis}}
[[ $state == /* ]] || state=$PWD/$state
case ${1:-} in
    start) start "$state" ;;
    stop) stop_service "$state" TERM ;;
    url) show_url "$state" ;;
    *)
        echo "usage: scripts/redis.sh start|stop|url [STATE]" >&2
        exit 2
        ;;
esac
