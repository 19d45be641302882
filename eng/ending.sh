# Sourced by ./test: what it starts ends with it, however it ends.

# Takes what is written in passing and goes with the script. Its name is handed down to every process, also to those in sessions of their own (PostgreSQL,
# the parts of a run, browsers): by it they are found. PostgreSQL's user passes through.
TMPDIR=$(mktemp -d /tmp/control-tower-test.XXXXXX)
export TMPDIR
chmod 711 "$TMPDIR"

# Groups that were started and not yet waited for.
groups=()

# start COMMAND...: in a group of its own. Ctrl-C reaches the script alone, and "wait" is interrupted by a signal where a command is not.
start() {
    set -m
    "$@" </dev/null &
    set +m
    groups+=($!)
}

# ended GROUP: waits for it and gives its exit code.
ended() {
    local group outcome=0 others=()
    wait "$1" || outcome=$?
    for group in "${groups[@]}"; do [ "$group" = "$1" ] || others+=("$group"); done
    groups=("${others[@]}")
    return "$outcome"
}

# The numbers of the processes that were started from here and still live. One that has ended, as one of somebody else, has nothing to read.
left_over() {
    local file
    for file in $(env -u TMPDIR grep -slzxF "TMPDIR=$TMPDIR" /proc/[0-9]*/environ); do
        file=${file#/proc/}
        echo "${file%/environ}"
    done
}

# all_gone SECONDS: true as soon as nothing is left over, false when something still is after that time.
all_gone() {
    local until=$((SECONDS + $1))
    while [ -n "$(left_over)" ]; do
        [ "$SECONDS" -lt "$until" ] || return 1
        sleep 0.2
    done
}

signal_groups() { for group in "${groups[@]}"; do kill "-$1" -- "-$group"; done; }

# Asked first, so that each ends its own in its order. A killed test host's database ends by its watcher, others' by the signal that PostgreSQL ends on at once.
end_all() {
    signal_groups TERM
    all_gone 7 && return
    signal_groups KILL
    all_gone 3 && return
    kill -QUIT $(left_over)
    all_gone 2 && return
    kill -KILL $(left_over)
    all_gone 1
} 2>/dev/null

finish() {
    [ "${#groups[@]}" -eq 0 ] || end_all
    rm -rf "$TMPDIR"
}

# stop CODE: on a signal.
stop() {
    trap '' INT TERM HUP
    echo "Ending what was started" >&2
    exit "$1"
}

trap finish EXIT
trap 'stop 129' HUP
trap 'stop 130' INT
trap 'stop 143' TERM
