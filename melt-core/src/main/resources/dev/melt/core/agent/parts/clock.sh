# ---- clock: S and U on the boot clock -------------------------------------------------------------------------------

# /proc/uptime is the boot clock cut to 10 ms. Where the shell has microseconds of wall time, the moment at which uptime
# ticks over gives the distance between the two clocks within the time of two reads.
clock_setup() {
    DS=0 DU=0 BOUND=10000
    if [ -r /proc/uptime ]; then
        CLOCK=uptime
        [ -z "${EPOCHREALTIME-}" ] || { CLOCK=vernier && calibrate; }
        return
    fi
    B=$(sysctl -n kern.boottime 2>/dev/null) || fail "this system has no /proc/uptime" 69
    B=${B#*sec = } CLOCK=date BOUND=1000000
    DS=-${B%%,*}
}

calibrate() {
    BEST=2000000000 TRY=0
    while [ $TRY -lt 5 ] && [ $BEST -gt 200 ]; do
        TRY=$((TRY + 1)) P=$EPOCHREALTIME
        read -r X _ </proc/uptime
        while :; do
            Q=$EPOCHREALTIME
            read -r Y _ </proc/uptime
            if [ "$Y" != "$X" ]; then
                R=$EPOCHREALTIME
                break
            fi
            P=$Q
        done
        WIDTH=$(((${R%.*} - ${P%.*}) * 1000000 + 1${R#*.} - 1${P#*.}))
        [ $WIDTH -lt $BEST ] && [ $WIDTH -ge 0 ] || continue
        BEST=$WIDTH
        DS=$((${Y%.*} - ${P%.*}))
        DU=$(((1${Y#*.} - 100) * 10000 - (1${P#*.} - 1000000) - WIDTH / 2))
    done
    BOUND=$((BEST / 2 + 1))
}

from_epoch() {
    S=$((${1%.*} + DS)) U=$((1${1#*.} - 1000000 + DU))
    if [ $U -lt 0 ]; then
        S=$((S - 1)) U=$((U + 1000000))
        [ $U -ge 0 ] || { S=$((S - 1)) U=$((U + 1000000)); }
    elif [ $U -ge 1000000 ]; then
        S=$((S + 1)) U=$((U - 1000000))
    fi
}

now() {
    case $CLOCK in
        vernier) from_epoch "$EPOCHREALTIME" ;;
        uptime)
            read -r X _ </proc/uptime
            S=${X%.*} U=$(((1${X#*.} - 100) * 10000))
            ;;
        *) S=$(($(date +%s) + DS)) U=0 ;;
    esac
}

# Whether S and U agree with /proc/uptime within 20 ms; they stop to when somebody sets the wall clock.
agrees() {
    read -r X _ </proc/uptime
    OFF=$(((S - ${X%.*}) * 1000000 + U - (1${X#*.} - 100) * 10000))
    [ $OFF -gt -20000 ] && [ $OFF -lt 20000 ]
}

# now, and certain: after a step of the wall clock the distance is measured again.
sure_now() {
    now
    [ $CLOCK != vernier ] || agrees && return
    now
    agrees && return
    calibrate
    now
    STEPS=$((${STEPS:-0} + 1))
    [ -z "${SAMPLING-}" ] || { stamp && echo "#clock recalibrated_at_ns $STAMP bound_ns ${BOUND}000" >&8; }
}

# One moment on the wall clock and on the boot clock, for engines that stamp what they do with the former.
wall() {
    WALL_BOUND=$BOUND
    if [ $CLOCK = vernier ]; then
        W=$EPOCHREALTIME
        from_epoch "$W"
        W=${W%.*}${W#*.}000
    else
        now
        W=$(date +%s%N 2>/dev/null)
        case $W in
            *[!0-9]* | '') W=$(date +%s)000000000 WALL_BOUND=1000000 ;;
            *) WALL_BOUND=$((BOUND + 20000)) ;;
        esac
    fi
    stamp
    WALL=$W WALL_AT=$STAMP
}

stamp() { X=$((1000000 + U)) && STAMP=$S${X#1}000; }
