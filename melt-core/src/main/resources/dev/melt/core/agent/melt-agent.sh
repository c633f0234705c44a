#!/bin/sh
# MELT's agent: starts an engine detached from its caller, samples telemetry beside it and keeps its status.
# One file for mksh with toybox (Android), bash, dash and busybox ash; docs/reference/agent-protocol.md describes it.
#
#   melt-agent.sh [-w WORKDIR] [-s SHELL] version | shell | clock | observe FILE [MS] | start ID | status ID | await ID SECONDS
#                 | finish ID | stop ID | list ID | discard ID | stored SHA256 NAME | seal SHA256 NAME
#                 | assemble SHA256 | assembled SHA256
#
# Rules that shaped it. mksh computes with 32 bits: times are pairs of seconds (S) and microseconds (U), bytes are kB or
# pages. printf and cat are programs in mksh: the loop that samples uses echo and read alone. dash reads byte by byte
# and gets one byte of anything below /proc/sys: such files are read with cat, and outside the loop.
EARLY=${EPOCHREALTIME-}
LC_ALL=C
export LC_ALL
PROTOCOL=1
TAB='	'
NL='
'
WORKDIR=${MELT_WORKDIR-}
PINNED=
while :; do
    case ${1-} in
        -w) WORKDIR=${2-} && shift 2 ;;
        -s) PINNED=${2-} && shift 2 ;;
        *) break ;;
    esac
done

fail() {
    echo "melt-agent: $1" >&2
    exit "${2:-64}"
}

trial() {
    case ${1-} in
        '' | *[!A-Za-z0-9_-]*) fail "not a trial id" ;;
    esac
    [ -n "$WORKDIR" ] || fail "no work folder: give -w"
    ID=$1
    DIR=$WORKDIR/trials/$1
}

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
    V_state= V_pid= V_pid_born= V_supervisor= V_supervisor_born= V_boot_id=
    while IFS='=' read -r X Y; do
        case $X in
            state | pid | pid_born | supervisor | supervisor_born | boot_id) eval "V_$X=\$Y" ;;
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

# ---- the sampler ----------------------------------------------------------------------------------------------------

# Readers are turned into one function without loops once, before the first tick. A cell that cannot be read is empty.
compile() {
    CODE=
    while IFS=$TAB read -r WORD READER ARG; do
        [ "$WORD" = probe ] || continue
        case $ARG in
            *[!A-Za-z0-9/_.:,+@=-]*) fail "not a path that can be sampled: $ARG" ;;
        esac
        case $READER in
            number) CODE="$CODE V=; read -r V _ <$ARG; L=\$L\$TAB\$V$NL" ;;
            keys:*) compile_keys "${READER#keys:}" "$ARG" ;;
            dumpsys-battery:*) poll_battery; compile_keys "${READER#dumpsys-battery:}" "$POLLED" ;;
            engine-rss) CODE="$CODE rss; L=\$L\$TAB\$R$NL" ;;
            engine-cpu) CODE="$CODE cpu; L=\$L\$TAB\$R$NL" ;;
            *) CODE="$CODE L=\$L\$TAB$NL" ;;
        esac
    done <"$JOB"
    eval "tick() {
        $CODE :
    }"
}

# What only a program tells is asked about once a second by a process beside the sampler, into a file that the sampler reads.
# Android's dumpsys takes tens of milliseconds: too long for a tick. The first answer comes before the first tick.
poll_battery() {
    [ -z "${POLLED-}" ] || return 0
    POLLED=$WORKDIR/agent/battery.$$
    [ -z "${DIR-}" ] || POLLED=$DIR/.battery
    ask_battery
}

# The block of the present state alone, a key a line, in lower case with _ between words.
ask_battery() {
    dumpsys battery 2>/dev/null | sed -n '/^Current Battery Service state/,/^[^ C]/{
        /^ *[A-Za-z][A-Za-z ]*: *-\{0,1\}[0-9][0-9]*$/{
            s/^ *//
            s/ /_/g
            s/:_*/: /
            y/ABCDEFGHIJKLMNOPQRSTUVWXYZ/abcdefghijklmnopqrstuvwxyz/
            p
        }
    }' >"$POLLED.new"
    mv -f "$POLLED.new" "$POLLED"
}

# Ends with the sampler, of which $1 is the process.
keep_polling() {
    [ -n "${POLLED-}" ] || return 0
    (while sleep 1 && [ -d "/proc/$1" ] && [ ! -e "$DIR/exit" ]; do ask_battery; done) </dev/null >/dev/null 2>&1 8>&- 9>&- &
}

# Lines of one file by their first word: where they stand is found now, what stands there is checked at each tick.
compile_keys() {
    case $1 in
        *[!A-Za-z0-9_,\(\)]*) fail "not keys: $1" ;;
    esac
    MARKS= COUNT=0 LAST=-1 POST=
    IFS=,
    set -f
    set -- "$2" $1
    set +f
    unset IFS
    FILE=$1
    shift
    for KEY; do
        index "$KEY" "$FILE"
        [ "$AT" -le $LAST ] || LAST=$AT
        MARKS="$MARKS $AT "
        if [ "$AT" -lt 0 ]; then
            POST="$POST L=\$L\$TAB$NL"
        else
            case $SHAPE in
                array) LINE="{A[$AT]" ;;
                *) LINE="{A$AT" ;;
            esac
            POST="$POST case \$$LINE} in '$KEY'[:=\\ ]*) L=\$L\$TAB\$$LINE#*[:=\\ ]} ;; *) L=\$L\$TAB AGAIN=1 ;; esac$NL"
        fi
    done
    if [ $LAST -ge 0 ]; then
        read_lines
    fi
    CODE=$CODE$POST
}

# AT: number of the line that begins with a key, -1 if none does.
index() {
    AT=-1 N=0
    while read -r X; do
        case $X in
            "$1"[:=\ ]*) AT=$N && break ;;
        esac
        N=$((N + 1))
    done <"$2"
}

# Code that brings the lines up to LAST into A[0].. or A0..
read_lines() {
    case $SLURP in
        mapfile) CODE="$CODE A=(); mapfile -t -n $((LAST + 1)) A <$FILE$NL" ;;
        substitution) CODE="$CODE IFS=\$NL; set -f; set -A A -- \$(<$FILE); set +f; unset IFS$NL" ;;
        *)
            READS= N=0
            while [ $N -le $LAST ]; do
                case $MARKS in
                    *" $N "*) READS="$READS read -r A$N;" CODE="$CODE A$N=;" ;;
                    *) READS="$READS read -r _;" ;;
                esac
                N=$((N + 1))
            done
            CODE="$CODE { $READS } <$FILE$NL"
            ;;
    esac
}

shell_traits() {
    SHAPE=scalar SLURP=lines WAIT=sleep
    ! can_time_reads || WAIT=read
    if [ -n "${BASH_VERSION-}" ] && (eval 'mapfile -t A </dev/null') 2>/dev/null; then
        SHAPE=array SLURP=mapfile
    elif [ -n "${KSH_VERSION-}" ]; then
        SHAPE=array SLURP=substitution
    fi
}

# R: pages of the engine's process tree; empty when none of it has any, as after its end.
rss() {
    R= SUM=0
    for X in $PIDS; do
        Y=0
        read -r _ Y _ </proc/"$X"/statm
        SUM=$((SUM + Y))
    done
    [ $SUM -eq 0 ] || R=$SUM
    [ $SUM -le $PEAK ] || PEAK=$SUM
}

# R: clock ticks that the tree's living processes have used, threads included.
cpu() {
    R=
    for X in $PIDS; do
        Y=
        read -r Y </proc/"$X"/stat || continue
        set -- ${Y##*) }
        R=$((${R:-0} + ${12} + ${13}))
    done
}

# PIDS: the engine and its descendants; HWM: the largest resident set that the kernel saw of any of them, in kB.
look_around() {
    TODO=$ENGINE PIDS=
    [ -n "$ENGINE" ] && [ -r /proc/self/statm ] || return
    while [ -n "$TODO" ]; do
        MORE=
        for X in $TODO; do
            PIDS="$PIDS $X"
            for Y in /proc/"$X"/task/*/children; do
                Z=
                read -r Z <"$Y"
                [ -z "$Z" ] || MORE="$MORE $Z"
            done
        done
        TODO=$MORE
    done
    for X in $PIDS; do
        while read -r Y Z _; do
            [ "$Y" = VmHWM: ] || continue
            [ "$Z" -le $HWM ] || HWM=$Z
            break
        done </proc/"$X"/status
    done
}

# Whether the engine has other children than when this was last asked: it may be a script that starts one after another.
has_new_child() {
    C=
    read -r C </proc/"$ENGINE"/task/"$ENGINE"/children
    [ "$C" != "$CHILDREN" ] && CHILDREN=$C
}

signal_engine() {
    signal_group "$1" "$ENGINE" || return
    for X in $PIDS; do kill -s "$1" "$X"; done
}

# A process group, and never more than one: 0 and 1 would mean others, and without -- some programs read -12 as -1.
signal_group() {
    case $2 in
        '' | 0 | 1 | 0* | *[!0-9]*) return 1 ;;
    esac
    kill -s "$1" -- "-$2" 2>/dev/null
    return 0
}

oom_kills() {
    N=
    while read -r X Y; do [ "$X" != oom_kill ] || N=$Y; done </proc/vmstat
    echo "$N"
}

# Whether S and U are at or after a time whose microseconds may be more than a second.
passed() { [ $S -gt $(($1 + $2 / 1000000)) ] || { [ $S -eq $(($1 + $2 / 1000000)) ] && [ $U -ge $(($2 % 1000000)) ]; }; }

# Ends an engine that was told to stop or ran past its deadline: TERM, and KILL when the grace is over.
mind_the_end() {
    if [ -z "$WHY" ]; then
        if [ -e stop ]; then
            WHY=STOPPED
        elif passed $DL_S $DL_U; then
            WHY=DEADLINE
        else
            return
        fi
        look_around
        signal_engine TERM
        KILL_S=$((S + GRACE_MS / 1000)) KILL_U=$((U + GRACE_MS % 1000 * 1000))
    elif passed $KILL_S $KILL_U; then
        look_around
        signal_engine KILL
    fi
}

write_status() {
    {
        echo "protocol=$PROTOCOL${NL}boot_id=$BOOT"
        echo "supervisor=$SELF${NL}supervisor_born=$SELF_BORN"
        echo "pid=$ENGINE${NL}pid_born=$ENGINE_BORN"
        echo "start_ns=$START"
        echo "wall_ns=$WALL${NL}wall_boot_ns=$WALL_AT${NL}wall_bound_ns=${WALL_BOUND}000"
        echo "clock=$CLOCK${NL}clock_bound_ns=${BOUND}000${NL}clock_steps=${STEPS:-0}"
        echo "shell=$SHELL_NAME/$WAIT/$SLURP"
        [ "$1" = RUNNING ] || final_figures
        echo "state=$1"
    } >status.new
    mv -f status.new status
}

final_figures() {
    echo "end_ns=$END${NL}exit=$RC"
    Y=$((PEAK * PAGE_KB))
    [ $HWM -le $Y ] || Y=$HWM
    [ $Y -eq 0 ] || echo "peak_rss_kb=$Y"
    echo "ticks=$TICKS${NL}missed_ticks=$MISSED${NL}max_late_ns=${MAX_LATE}000"
    X=$(oom_kills)
    [ -z "$X" ] || echo "oom_kills=$((X - OOM_BEFORE))"
    [ -r /proc/self/stat ] || return
    read -r X </proc/"$SELF"/stat
    X=${X##*) }
    set -- $X
    shift 11
    echo "sampler_cpu_ms=$((($1 + $2 + $3 + $4) * 10))"
    while read -r X Y _; do [ "$X" != VmHWM: ] || echo "sampler_rss_kb=$Y"; done </proc/"$SELF"/status
}

take_sample() {
    L=
    tick
    case $L in
        *\\*) L=$BLANK ;;
    esac
    echo "$STAMP$TAB$1$L" >&8
    TICKS=$((TICKS + 1))
}

sleep_until_next() {
    REST=$(((NEXT_S - S) * 1000000 + NEXT_U - U)) MESSAGE=
    if [ $REST -le 0 ]; then
        REST=0
        return
    fi
    X=$((1000000 + REST % 1000000))
    X=$((REST / 1000000)).${X#1}
    if [ $WAIT = read ]; then
        read -r -t "$X" MESSAGE
    else
        sleep "$X"
    fi
}

next_slot() {
    K=$((K + 1)) NEXT_U=$((NEXT_U + PERIOD_US))
    [ $NEXT_U -lt 1000000 ] || { NEXT_S=$((NEXT_S + NEXT_U / 1000000)) NEXT_U=$((NEXT_U % 1000000)); }
}

# Ticks that are over are counted and left out, so that the schedule stays where it was.
keep_schedule() {
    if [ $((S - NEXT_S)) -gt 2000 ]; then
        LATE=2000000000
    else
        LATE=$(((S - NEXT_S) * 1000000 + U - NEXT_U))
    fi
    [ $LATE -le $MAX_LATE ] || MAX_LATE=$LATE
    [ $LATE -ge $PERIOD_US ] || return
    while passed $NEXT_S $((NEXT_U + PERIOD_US)); do
        next_slot
        MISSED=$((MISSED + 1))
    done
}

# Takes RC and END from the runner's file, where it is whole.
read_exit() { [ -e exit ] && read -r RC END X <exit && [ "$X" = end ]; }

# True when there is nothing left to sample. A read that came back long before its time met the end of the pipe.
over() {
    case $MESSAGE in
        exit\ *) read_exit && return ;;
    esac
    [ $WAIT = sleep ] || [ $((((NEXT_S - S) * 1000000 + NEXT_U - U) * 2)) -gt $REST ] || return 1
    read_exit && return
    started "$ENGINE" && [ "$BORN" = "$ENGINE_BORN" ] || GONE=$((GONE + 1))
    WAIT=sleep # nobody writes to the pipe any more: do not spin on it
    [ $GONE -ge 5 ]
}

sampler() {
    SAMPLING=1 PIDS= CHILDREN= PEAK=0 HWM=0 WHY= GONE=0 TICKS=0 MISSED=0 MAX_LATE=0 K=0 RC= END= MESSAGE= AGAIN=
    exec 8>>samples.tsv 2>/dev/null
    [ ! -p ended ] || exec 9<>ended
    read -r _ ENGINE START
    read -r SELF _ </proc/self/stat || SELF=$(sh -c 'echo $PPID')
    started "$SELF" && SELF_BORN=$BORN
    keep_polling "$SELF"
    # where it may: beside an engine on all processors it would wake late otherwise; sessions are weighed first
    renice -n -10 -p "$SELF" >/dev/null
    echo -10 >/proc/"$SELF"/autogroup
    started "$ENGINE" && ENGINE_BORN=$BORN || ENGINE_BORN=
    sure_now
    wall
    write_status RUNNING
    sure_now
    NEXT_S=$S NEXT_U=$U
    DL_S=$((S + DEADLINE_MS / 1000)) DL_U=$((U + DEADLINE_MS % 1000 * 1000))
    stamp
    echo "#origin_ns $STAMP" >&8
    REST=0
    while sure_now && ! over; do
        keep_schedule
        [ $K -ge 10 ] && [ $((K % ONE_SECOND)) -ne 0 ] && ! has_new_child || look_around
        stamp
        take_sample $K
        [ -z "$AGAIN" ] || { AGAIN= && compile; }
        mind_the_end
        next_slot
        now
        sleep_until_next
    done
    stamp
    take_sample -
    STATE=${WHY:-FINISHED}
    [ -n "$RC" ] || STATE=LOST
    signal_engine KILL # what it left behind in its process group
    write_status $STATE
    [ ! -p ended ] || echo end >&9
}

# Waits for the engine, and is the one process that learns its exit code.
runner() {
    sure_now
    stamp
    {
        echo 800 2>/dev/null >/proc/self/oom_score_adj # the engine goes first when memory runs out, not its observer
        exec $DETACH sh ./command
    } </dev/null >stdout 2>stderr &
    P=$!
    echo "pid $P $STAMP"
    wait $P
    RC=$?
    sure_now
    stamp
    if [ "$TAIL_MS" -gt 0 ] && [ ! -e stop ]; then # the sampler goes on meanwhile: power at rest after the engine
        X=$((1000 + TAIL_MS % 1000))
        sleep $((TAIL_MS / 1000)).${X#1}
    fi
    echo "$RC $STAMP end" >exit
    echo "exit $RC"
}

job_value() {
    X=
    while IFS='=' read -r Y Z; do
        [ "$Y" != "$1" ] || X=$Z
    done <job
    case $X in
        '' | *[!0-9]* | ??????????*) fail "job: $1 must be a whole number of at most 9 digits" 65 ;;
    esac
}

supervise() {
    trial "$1"
    cd "$DIR" || fail "no trial $1" 65
    JOB=job
    job_value period_us && PERIOD_US=$X
    job_value deadline_ms && DEADLINE_MS=$X
    job_value grace_ms && GRACE_MS=$X
    job_value tail_ms && TAIL_MS=$X
    [ "$PERIOD_US" -ge 1000 ] || fail "job: period_us must be 1000 or more" 65
    ONE_SECOND=$(((999999 + PERIOD_US) / PERIOD_US))
    prepare
    SHELL_NAME=$PINNED
    BOOT=$(boot_id)
    PAGE_KB=$(($(getconf PAGESIZE 2>/dev/null || echo 4096) / 1024))
    OOM_BEFORE=$(oom_kills 2>/dev/null)
    DETACH=setsid
    command -v setsid >/dev/null || { DETACH= && set -m; }
    {
        [ ! -f samples.header ] || cat samples.header
        echo "#clock $CLOCK bound_ns ${BOUND}000 shell $SHELL_NAME wait $WAIT"
    } >samples.tsv
    mkfifo ended 2>/dev/null || : # then those who wait look again and again
    runner | sampler &
}

prepare() {
    shell_traits
    clock_setup
    compile
}

# ---- subcommands ----------------------------------------------------------------------------------------------------

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

stored_at() {
    case $1 in
        *[!0-9a-f]* | '') fail "not a sha256" ;;
    esac
    case $2 in
        *[!A-Za-z0-9._+-]* | '' | .*) fail "not a plain file name" ;;
    esac
    AT=$WORKDIR/store/$1/$2
}

# SIZE of a file in bytes, as text: mksh would compute with 32 bits, and models are larger. Some wc write blanks before it.
size_of() {
    SIZE=$(wc -c <"$1")
    SIZE=${SIZE##* }
}

# Size of a stored file that was found whole once and was not changed since.
stored() {
    stored_at "$@"
    [ -f "$AT.ok" ] && [ -f "$AT" ] && [ ! "$AT" -nt "$AT.ok" ] || return 0
    read -r X <"$AT.ok"
    size_of "$AT"
    [ "$X" != "$SIZE" ] || echo "$X"
}

seal() {
    stored_at "$@"
    for X in sha256sum 'toybox sha256sum' 'busybox sha256sum' 'shasum -a 256'; do
        Y=$($X 2>/dev/null <"$AT") || continue
        [ "${Y%% *}" = "$1" ] || fail "$2: content has another sha256 than its name says" 65
        break
    done
    size_of "$AT"
    echo "$SIZE" >"$AT.ok.new" && mv -f "$AT.ok.new" "$AT.ok"
}

folder_at() {
    case ${1-} in
        *[!0-9a-f]* | '') fail "not a sha256" ;;
    esac
    [ -n "$WORKDIR" ] || fail "no work folder: give -w"
    FOLDER=$WORKDIR/bundles/$1
}

# Number of files in a folder that was made whole, or nothing. Each must still be there.
assembled() {
    folder_at "$@"
    [ -f "$FOLDER.ok" ] && [ -f "$FOLDER.list" ] || return 0
    read -r COUNT <"$FOLDER.ok"
    while read -r X X Y Z; do
        [ -f "$FOLDER/$Z" ] || return 0
        [ "$Y" != x ] || [ -x "$FOLDER/$Z" ] || return 0
    done <"$FOLDER.list"
    echo "$COUNT"
}

# Makes a folder of stored files after its list. A second name for the stored file where the system gives one (Android
# does not), else a copy; each appears whole under its name, and the mark comes last.
assemble() {
    folder_at "$@"
    [ -f "$FOLDER.list" ] || fail "no list of files for $1" 65
    rm -f "$FOLDER.ok"
    COUNT=0
    while read -r HASH AS BIT NAME; do
        place_file
        COUNT=$((COUNT + 1))
    done <"$FOLDER.list"
    [ $COUNT -gt 0 ] || fail "an empty list of files for $1" 65
    echo $COUNT >"$FOLDER.ok.new" && mv -f "$FOLDER.ok.new" "$FOLDER.ok" || fail "$FOLDER cannot be written" 75
    echo $COUNT
}

place_file() {
    case $NAME in
        '' | *[!A-Za-z0-9._+/-]* | .* | */.* | -* | */-* | /* | */ | *//*) fail "not a plain name in a folder: $NAME" 65 ;;
    esac
    stored_at "$HASH" "$AS"
    [ -f "$AT.ok" ] && [ -f "$AT" ] || fail "$NAME: $HASH is not in the store" 65
    case $NAME in
        */*) mkdir -p "$FOLDER/${NAME%/*}" ;;
        *) mkdir -p "$FOLDER" ;;
    esac || fail "$FOLDER cannot be made" 75
    TARGET=$FOLDER/$NAME
    rm -f "$TARGET.new"
    ln "$AT" "$TARGET.new" 2>/dev/null || cp "$AT" "$TARGET.new" || fail "$NAME cannot be copied into $FOLDER" 75
    if [ "$BIT" = x ]; then
        chmod 755 "$TARGET.new"
        [ -x "$TARGET.new" ] || fail "$NAME cannot be made executable under $WORKDIR: choose another work folder" 69
    fi
    rm -f "$TARGET" # a move between two names of one file fails or does nothing
    mv -f "$TARGET.new" "$TARGET" || fail "$NAME cannot be put into $FOLDER" 75
}

# One sample, or two some time apart, so that shares of time have something to be the difference of.
observe() {
    JOB=$1 PIDS= SAMPLING=
    case ${2-} in
        '' | *[!0-9]* | ????*) fail "not a number of milliseconds below 1000" ;;
    esac
    [ -f "$JOB" ] || fail "no job $1" 65
    prepare
    exec 8>&1 2>/dev/null
    for K in 0 1; do
        now
        stamp
        TICKS=0 BLANK=
        take_sample $K
        [ $K -eq 0 ] && [ "$2" -gt 0 ] || break
        X=$((1000 + $2))
        [ -z "${POLLED-}" ] || ask_battery
        sleep 0.${X#1}
    done
    [ -z "${POLLED-}" ] || rm -f "$POLLED"
}

clock() {
    clock_setup
    if [ $CLOCK = vernier ]; then
        from_epoch "$EARLY"
        stamp
        echo "early_ns=$STAMP"
    fi
    echo "clock=$CLOCK${NL}bound_ns=${BOUND}000"
    now
    stamp
    echo "late_ns=$STAMP"
}

case ${1-} in
    version) echo "melt-agent $PROTOCOL" ;;
    clock) clock ;;
    shell) best_shell ;;
    observe) observe "${2-}" "${3-}" ;;
    start | launch | finish | stop | list | discard | stored | seal | assemble | assembled)
        COMMAND=$1
        shift
        $COMMAND "$@"
        ;;
    status) trial "${2-}" && tell ;;
    await)
        trap 'tell && exit 0' INT # Ctrl-C reaches this too where it runs on the host: answer, the host will act on it
        trial "${2-}"
        case ${3-} in
            '' | *[!0-9]*) fail "not a number of seconds" ;;
        esac
        if [ -z "$PINNED" ] && ! can_time_reads; then # without them each look costs two processes
            PINNED=$(best_shell)
            [ "$PINNED" = sh ] || exec $PINNED "$0" -w "$WORKDIR" -s "$PINNED" "$@"
        fi
        read -r X _ </proc/uptime
        await "$3" $((${X%.*} + $3))
        tell
        ;;
    *) fail "unknown subcommand ${1-}" ;;
esac
