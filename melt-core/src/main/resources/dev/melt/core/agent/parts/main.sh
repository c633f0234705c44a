# ---- the rest of the subcommands ------------------------------------------------------------------------------------

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
        ask_all
        sleep 0.${X#1}
    done
    forget_answers
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
    start | launch | finish | stop | list | discard | stored | seal | assemble | assembled | inventory | forget)
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
