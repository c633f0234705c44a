# ---- who runs -------------------------------------------------------------------------------------------------------

# Start time of a process in clock ticks since boot: with the pid it names a process for as long as the system is up.
started() {
    BORN=
    if [ -r /proc/self/stat ]; then
        read -r X 2>/dev/null <"/proc/$1/stat" || return 1
        X=${X##*) }
        set -f
        set -- $X
        set +f
        [ "$1" != Z ] || return 1
        shift 10
        BORN=${10}
    else
        kill -0 "$1" 2>/dev/null && BORN=0
    fi
}

boot_id() { cat /proc/sys/kernel/random/boot_id 2>/dev/null || sysctl -n kern.boottime 2>/dev/null; }

# Reads KEY=VALUE lines of a status file that the agent itself wrote, into V_KEY.
load_status() {
    V_state= V_pid= V_pid_born= V_supervisor= V_supervisor_born= V_boot_id= V_wall_ns=
    while IFS='=' read -r X Y; do
        case $X in
            state | pid | pid_born | supervisor | supervisor_born | boot_id | wall_ns) eval "V_$X=\$Y" ;;
        esac
    done <"$DIR/status"
}

# STATE of the trial, what a supervisor that is gone may have left included.
judge() {
    STATE=UNKNOWN END=
    [ -d "$DIR/lock" ] || return 0
    if [ ! -f "$DIR/status" ]; then
        STATE=LOST
        read -r X 2>/dev/null <"$DIR/lock/starter" && started "$X" && STATE=RUNNING
        return 0
    fi
    load_status
    STATE=$V_state
    [ "$STATE" = RUNNING ] || return 0
    BOOT=$(boot_id)
    if [ "$BOOT" != "$V_boot_id" ]; then
        STATE=LOST
    elif ! started "$V_supervisor" || [ "$BORN" != "$V_supervisor_born" ]; then
        load_status # its last act may have come in between
        STATE=$V_state
        [ "$STATE" = RUNNING ] || return 0
        STATE=LOST
        read -r RC END X 2>/dev/null <"$DIR/exit" && [ "$X" = end ] && STATE=FINISHED
    fi
}

tell() {
    judge
    if [ -f "$DIR/status" ]; then
        while read -r X; do
            case $X in state=*) ;; *) echo "$X" ;; esac
        done <"$DIR/status"
    fi
    [ "$STATE" != FINISHED ] || [ -z "$END" ] || echo "exit=$RC${NL}end_ns=$END"
    echo "boot_now=$(boot_id)"
    echo "state=$STATE"
}

ended() { judge && [ "$STATE" != RUNNING ]; }

# Waits $1 seconds, until uptime is $2, for the trial to end. The sampler writes a line into the pipe "ended" when it is
# done, so that waiting costs nothing beside an engine that is measured. It is opened before the look at the status: a
# line that comes after that look is kept. Whoever misses it, because another one waits too, is late but not wrong.
await() {
    if [ -p "$DIR/ended" ] && can_time_reads; then
        exec 7<>"$DIR/ended"
        ended || [ "$1" -eq 0 ] || read -r -t "$1" X <&7
        exec 7>&-
        return 0
    fi
    while ! ended && read -r X _ </proc/uptime && [ "${X%.*}" -lt "$2" ]; do sleep 0.1; done
    return 0
}

can_time_reads() {
    [ -n "${EPOCHREALTIME-}" ] || return 1
    (read -r -t 0.01 X </dev/null) 2>/dev/null
    [ $? -ne 2 ]
}
