# ---- the sampler ----------------------------------------------------------------------------------------------------

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
    [ $GONE -ge $LONGEST_TAIL ]
}

sampler() {
    LONGEST_TAIL=$((15 + TAIL_MS / (PERIOD_US / 1000))) # ticks after the engine's end in which the runner tells of it
    SAMPLING=1 PIDS= TREE= CHILDREN= PEAK=0 HWM=0 WHY= GONE=0 TICKS=0 MISSED=0 MAX_LATE=0 K=0 RC= END= MESSAGE= AGAIN=
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
    end_followers
    signal_engine KILL # what it left behind in its process group
    [ -n "$WHY" ] || [ "${RC:-255}" -le 128 ] || keep_deaths $((${WALL%?????????} - 1))
    write_status $STATE
    [ ! -p ended ] || echo end >&9
}
