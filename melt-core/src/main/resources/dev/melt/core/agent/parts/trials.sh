# ---- subcommands for trials -----------------------------------------------------------------------------------------

best_shell() {
    for X in bash mksh /system/bin/sh 'busybox ash'; do
        $X -c '[ -n "$EPOCHREALTIME" ]' 2>/dev/null && echo "$X" && return
    done
    echo sh
}

start() {
    trial "$1"
    [ -f "$DIR/job" ] && [ -f "$DIR/command" ] || fail "trial $1 has no job" 65
    mkdir "$DIR/lock" 2>/dev/null || { echo "started before" && return; }
    echo $$ >"$DIR/lock/starter"
    [ -n "$PINNED" ] || PINNED=$(best_shell)
    rm -f "$DIR/failed"
    if command -v setsid >/dev/null; then
        setsid nohup $PINNED "$0" -w "$WORKDIR" -s "$PINNED" launch "$ID" </dev/null >"$DIR/agent.log" 2>&1 &
    else
        (set -m && nohup $PINNED "$0" -w "$WORKDIR" -s "$PINNED" launch "$ID" </dev/null >"$DIR/agent.log" 2>&1 &)
    fi
    N=0
    while [ ! -f "$DIR/status" ]; do
        N=$((N + 1))
        if [ -f "$DIR/failed" ] || [ $N -gt 500 ]; then
            rm -rf "$DIR/lock"
            fail "trial $1 did not start: $(cat "$DIR/agent.log")" 65
        fi
        sleep 0.02
    done
    echo started
}

launch() {
    (supervise "$1") || : >"$WORKDIR/trials/$1/failed"
}

stop() {
    trial "$1"
    judge
    if [ "$STATE" = RUNNING ]; then
        : >"$DIR/stop"
        read -r X _ </proc/uptime
        await 60 $((${X%.*} + 60))
        ended || fail "trial $1 is still running a minute after it was told to stop" 75
    elif [ "$STATE" = LOST ] && [ -f "$DIR/status" ] && [ "$V_boot_id" = "$(boot_id)" ]; then
        end_orphan
        [ -f "$DIR/deaths" ] || [ -z "$V_wall_ns" ] || (cd "$DIR" && keep_deaths $((${V_wall_ns%?????????} - 1))) 2>/dev/null
    fi
}

# Tells an engine that serves that nobody will ask it any more. There is no file "stop": it ends as any other, and what
# comes after an engine's end comes after this one too.
finish() {
    trial "$1"
    judge
    [ "$STATE" = RUNNING ] && [ -f "$DIR/status" ] || return 0
    started "$V_pid" && [ "$BORN" = "$V_pid_born" ] && signal_group TERM "$V_pid"
    return 0
}

# An engine whose supervisor was killed.
end_orphan() {
    for SIGNAL in TERM KILL; do
        N=0
        while started "$V_pid" && [ "$BORN" = "$V_pid_born" ] && [ $N -lt 20 ]; do
            [ $N -gt 0 ] || signal_group $SIGNAL "$V_pid"
            N=$((N + 1))
            sleep 0.1
        done
    done
    return 0
}

# SIZE NAME of the plain files in a trial's folder.
list() {
    trial "$1"
    cd "$DIR" 2>/dev/null || return 0
    set --
    for X in *; do
        case $X in
            *[!A-Za-z0-9._-]* | .* | -*) ;;
            *) [ ! -f "$X" ] || [ -h "$X" ] || set -- "$@" "$X" ;;
        esac
    done
    [ $# -eq 0 ] || wc -c "$@" | while read -r X Y; do [ "$Y" = total ] || echo "$X $Y"; done
}

discard() {
    trial "$1"
    judge
    [ "$STATE" != RUNNING ] || fail "trial $1 is running" 75
    rm -rf "$DIR"
}
