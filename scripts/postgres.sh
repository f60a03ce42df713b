#!/usr/bin/env bash
# A throw-away PostgreSQL cluster: its own directory, its own port, gone after `stop`.
#
#   scripts/postgres.sh start [STATE]   print `export GAARA_TEST_POSTGRES_URL=…`
#   scripts/postgres.sh url [STATE]     print the address of the running cluster
#   scripts/postgres.sh crash [STATE]   kill it without a word, and start it again at the same address
#   scripts/postgres.sh halt [STATE]    end it at once, as an immediate shutdown does, and keep its directory
#   scripts/postgres.sh again [STATE]   start what was halted at the same address
#   scripts/postgres.sh freeze [STATE]  stop everything that works for it in its tracks
#   scripts/postgres.sh thaw [STATE]    let it go on
#   scripts/postgres.sh tls STATE CERTIFICATE KEY [AUTHORITY]
#                                       have it speak TLS with copies of these files, and ask clients for a
#                                       certificate of the authority, where one is named
#   scripts/postgres.sh stop [STATE]    end it and delete its directory
#
# STATE is the file that remembers the cluster; else $GAARA_POSTGRES_STATE, else target/services/postgres.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/lib.sh
source "$here/lib.sh"

# Prints the programs directory of the newest PostgreSQL server, or nothing.
find_programs() {
    local candidate
    for candidate in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV) "$(dirname "$(command -v initdb || echo /nowhere/x)")"; do
        if [[ -x $candidate/initdb && -x $candidate/pg_ctl ]]; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

# Runs a command as the cluster's owner: PostgreSQL refuses to run as root.
as_owner() {
    if [[ $(id -u) -ne 0 ]]; then
        "$@"
    elif command -v setpriv >/dev/null; then
        setpriv --reuid=postgres --regid=postgres --init-groups "$@"
    else
        runuser -u postgres -- "$@"
    fi
}

# Clears away a start that went wrong.
abandon() {
    as_owner "$programs/pg_ctl" --pgdata="$directory/data" --mode=immediate stop >/dev/null 2>&1 || true
    rm -rf -- "$directory"
}

start() {
    local state=$1 data password port attempt url
    discard_old "$state" QUIT

    programs=$(find_programs)
    if [[ -z $programs ]]; then
        install_package postgresql
        programs=$(find_programs)
        [[ -n $programs ]] || die "postgresql is installed, but initdb and pg_ctl are not below /usr/lib/postgresql"
    fi

    directory=$(mktemp -d "${TMPDIR:-/tmp}/gaara-postgres.XXXXXX")
    data=$directory/data
    trap abandon EXIT
    password=$(random_hex)
    (umask 077 && printf '%s\n' "$password" >"$directory/password")
    if [[ $(id -u) -eq 0 ]]; then
        getent passwd postgres >/dev/null || useradd --system --user-group --no-create-home --shell /usr/sbin/nologin postgres
        chown -R postgres:postgres "$directory"
    fi

    cd "$directory"
    # A password in clear never leaves the loopback, keeps other users of the machine out, and spares
    # every test connection the thousands of hashes of SCRAM, which take long in an unoptimised client.
    as_owner "$programs/initdb" --pgdata="$data" --username=gaara --pwfile="$directory/password" \
        --auth=password --encoding=UTF8 --locale=C --no-sync >"$directory/initdb.log" 2>&1 ||
        die "initdb failed: $(cat "$directory/initdb.log")"
    cat >>"$data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$directory'
max_connections = 300
fsync = off
autovacuum = off
synchronous_commit = off
full_page_writes = off
CONF

    for attempt in 1 2 3 4 5; do
        port=$(free_port)
        if as_owner "$programs/pg_ctl" --pgdata="$data" --log="$directory/server.log" --wait --silent \
            --options="-p $port" start >/dev/null 2>&1; then
            break
        fi
        # Between the kernel's answer and the start somebody else may have taken the port.
        if [[ $attempt -eq 5 ]] || ! grep -q 'could not bind' "$directory/server.log"; then
            die "the server did not start: $(cat "$directory/server.log")"
        fi
        rm -f "$directory/server.log"
    done

    url="postgres://gaara:$password@127.0.0.1:$port/postgres"
    write_state "$state" "$directory" "$(head -n 1 "$data/postmaster.pid")" "$data" "$url"
    trap - EXIT
    printf 'export GAARA_TEST_POSTGRES_URL=%s\n' "$url"
}

# Reads the state of a cluster that was started into directory, pid, mark, url, data, port and programs.
known() {
    [[ -e $1 ]] || die "not running"
    read_state "$1"
    [[ $pid =~ ^[0-9]+$ && ${directory##*/} == gaara-* ]] || die "$1 is damaged"
    data=$directory/data
    port=${url##*:}
    port=${port%%/*}
    programs=$(find_programs)
    cd "$directory"
}

# Starts a cluster that is known at its own port.
again() {
    local directory pid mark url data port programs tries=0
    known "$1"
    # What the processes shared stays until the last of them has noticed.
    until as_owner "$programs/pg_ctl" --pgdata="$data" --log="$directory/server.log" --wait --silent \
        --options="-p $port" start >/dev/null 2>&1; do
        tries=$((tries + 1))
        [[ $tries -lt 100 ]] || die "the server did not start again: $(tail -n 20 "$directory/server.log")"
        sleep 0.1
    done
    write_state "$1" "$directory" "$(head -n 1 "$data/postmaster.pid")" "$mark" "$url"
}

crash() {
    local directory pid mark url data port programs
    known "$1"
    end_process "$pid" "$mark" KILL
    again "$1"
}

halt() {
    local directory pid mark url data port programs
    known "$1"
    as_owner "$programs/pg_ctl" --pgdata="$data" --mode=immediate --wait --silent stop >/dev/null
}

# Sends the signal $2 to the cluster of the state $1 and to everything that works for it.
signal_all() {
    local directory pid mark url data port programs part
    known "$1"
    [[ $(command_line "$pid") == *"$mark"* ]] || return 0
    # The first one first: nobody is born any more then.
    kill "-$2" "$pid"
    for part in $(ps -o pid= --ppid "$pid"); do
        # Who has ended meanwhile hears nothing.
        kill "-$2" "$part" 2>/dev/null || true
    done
}

speak_tls() {
    local directory pid mark url data port programs owner=()
    known "$1"
    [[ $(id -u) -ne 0 ]] || owner=(--owner=postgres --group=postgres)
    install --mode=600 "${owner[@]}" "$2" "$data/server.crt"
    install --mode=600 "${owner[@]}" "$3" "$data/server.key"
    printf 'ssl = on\n' >>"$data/postgresql.conf"
    if [[ -n ${4:-} ]]; then
        install --mode=600 "${owner[@]}" "$4" "$data/root.crt"
        printf "ssl_ca_file = 'root.crt'\n" >>"$data/postgresql.conf"
        printf 'hostssl all all 127.0.0.1/32 password clientcert=verify-ca\n' >"$data/pg_hba.conf"
    fi
    halt "$1"
    again "$1"
}

show_url() {
    local directory pid mark url
    [[ -e $1 ]] || die "not running"
    read_state "$1"
    printf '%s\n' "$url"
}

state=${2:-${GAARA_POSTGRES_STATE:-$here/../target/services/postgres}}
[[ $state == /* ]] || state=$PWD/$state
case ${1:-} in
    start) start "$state" ;;
    stop) stop_service "$state" QUIT ;;
    crash) crash "$state" ;;
    halt) halt "$state" ;;
    again) again "$state" ;;
    freeze) signal_all "$state" STOP ;;
    thaw) signal_all "$state" CONT ;;
    tls) speak_tls "$state" "${3:?a certificate}" "${4:?a key}" "${5:-}" ;;
    url) show_url "$state" ;;
    *)
        echo "usage: scripts/postgres.sh start|stop|crash|halt|again|freeze|thaw|tls|url [STATE]" >&2
        exit 2
        ;;
esac
