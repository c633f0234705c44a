# ---- starting engine and sampler ------------------------------------------------------------------------------------

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
