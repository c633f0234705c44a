# ---- the status file ------------------------------------------------------------------------------------------------

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
    echo "tree=${TREE# }"
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
