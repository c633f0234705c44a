# ---- the engine and its descendants ---------------------------------------------------------------------------------

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

# PIDS: the engine and its descendants; TREE: those that were among them before, too, some fifty at most; HWM: the largest resident set that the kernel saw of any of them, in kB.
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
        case "$TREE " in
            *" $X "*) ;;
            *) [ ${#TREE} -gt 300 ] || TREE="$TREE $X" ;;
        esac
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
