# What the scripts for throw-away services share; sourced, never run.
# shellcheck shell=bash

# Ends the script with a message on standard error.
die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# Prints a loopback port that the kernel had free a moment ago; the caller retries on a clash.
free_port() {
    if command -v perl >/dev/null; then
        perl -MSocket -e '
            socket(my $s, PF_INET, SOCK_STREAM, 0) or die "socket: $!";
            bind($s, sockaddr_in(0, INADDR_LOOPBACK)) or die "bind: $!";
            print +(sockaddr_in(getsockname($s)))[0], "\n";'
    elif command -v python3 >/dev/null; then
        python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
    else
        die "perl or python3 is needed to ask the kernel for a free port"
    fi
}

# Prints 32 random hexadecimal digits.
random_hex() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# Installs the Debian package $1 without starting the service it brings.
install_package() {
    local package=$1 policy=/usr/sbin/policy-rc.d written=no status=0
    command -v apt-get >/dev/null || die "$package is missing; install it with your package manager"
    [[ $(id -u) -eq 0 ]] || die "$package is missing; run: sudo apt-get install $package"
    printf 'installing %s\n' "$package" >&2
    # Maintainer scripts ask this file whether they may start a service; 101 means no.
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
        written=yes
    fi
    {
        apt-get update -qq &&
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package"
    } >&2 || status=$?
    [[ $written == no ]] || rm -f "$policy"
    [[ $status -eq 0 ]] || die "apt-get could not install $package"
}

# Prints the command line of the process $1, or nothing when there is none.
command_line() {
    if [[ -r /proc/$1/cmdline ]]; then
        tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null || true
    else
        ps -o args= -p "$1" 2>/dev/null || true
    fi
}

# Sends the signal $3 to the process $1 if its command line still contains $2, and waits for its end.
# A process number may have been given to somebody else since, hence the look at the command line.
end_process() {
    local pid=$1 mark=$2 signal=$3 tries=0
    [[ $(command_line "$pid") == *"$mark"* ]] || return 0
    kill "-$signal" "$pid" 2>/dev/null || true
    while [[ $(command_line "$pid") == *"$mark"* ]]; do
        tries=$((tries + 1))
        if [[ $tries -eq 100 ]]; then
            kill -KILL "$pid" 2>/dev/null || true
        elif [[ $tries -gt 120 ]]; then
            die "process $pid does not end"
        fi
        sleep 0.1
    done
}

# The state file of a service: its directory, process, mark in the command line, and address.
# Each is one line, read back as text and never executed.
write_state() {
    local file=$1
    shift
    mkdir -p "$(dirname "$file")"
    (umask 077 && printf '%s\n' "$@" >"$file")
}

# Reads the state file $1 into directory, pid, mark and url.
# shellcheck disable=SC2034
read_state() {
    {
        IFS= read -r directory
        IFS= read -r pid
        IFS= read -r mark
        IFS= read -r url
    } <"$1" || die "$1 is damaged"
}

# Ends the service that the state file $1 names by the signal $2, and deletes its directory.
stop_service() {
    # shellcheck disable=SC2034
    local file=$1 signal=$2 directory pid mark url
    [[ -e $file ]] || return 0
    read_state "$file"
    [[ -n $mark ]] || die "$file is damaged"
    [[ $pid =~ ^[0-9]+$ && ${directory##*/} == gaara-* ]] || die "$file is damaged"
    end_process "$pid" "$mark" "$signal"
    rm -rf -- "$directory"
    rm -f -- "$file"
}

# Clears away what an earlier start left in the state file $1; refuses when that service still runs.
discard_old() {
    [[ -e $1 ]] || return 0
    (
        read_state "$1"
        [[ $(command_line "$pid") != *"$mark"* ]]
    ) || die "already running, see $1"
    stop_service "$1" "$2"
}
