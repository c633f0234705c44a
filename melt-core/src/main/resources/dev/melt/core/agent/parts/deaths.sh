# ---- deaths: what the system logged of processes that it ended --------------------------------------------------------

# Kept here, on the device, because a log is short and the host may be away for longer.

# The file "deaths" in the present folder, if there is anything to say. $1: the second since 1970 from which on it counts.
keep_deaths() {
    LIMIT=
    ! command -v timeout >/dev/null || LIMIT='timeout 10'
    logged_deaths "$1" >deaths.new
    if [ ! -s deaths.new ] && command -v logcat >/dev/null; then # what ends a process may tell it a moment later
        sleep 1
        logged_deaths "$1" >deaths.new
    fi
    if [ -s deaths.new ]; then
        mv -f deaths.new deaths
    else
        rm -f deaths.new
    fi
}

# Lines of Android's log with seconds since 1970, or as old devices write them; lines of the kernel, where users may read them.
logged_deaths() {
    {
        ! command -v logcat >/dev/null \
            || $LIMIT logcat -d -b events,main,system,crash -v epoch,usec \
            || $LIMIT logcat -d -b events -b main -b system -v threadtime
    } | tell_of_deaths | while read -r X Y; do
        case ${X%.*} in
            '' | *[!0-9]*) ;;
            *) [ "${X%.*}" -ge "$1" ] || continue ;;
        esac
        echo "$X $Y"
    done
    $LIMIT dmesg | tell_of_deaths
}

tell_of_deaths() {
    grep -E 'lowmemorykiller *:|lmkd *: *Kill|am_(kill|proc_died|low_memory) *:|Zygote *:.* exited due to signal|ActivityManager *:.* has died|[Oo]ut of memory.*: Kill(ed)? process' \
        | tail -n 200
}
