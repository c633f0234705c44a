package dev.melt.engines.llamacpp;

/**
 * Shell functions that keep what the processes of a turn leave: {@code out.N} and {@code err.N}, and once they have ended
 * {@code span.N}, their start and end on the boot clock in nanoseconds, cut to the 10 ms of {@code /proc/uptime}, and
 * {@code rc.N}. A process that a signal ended is the last one; one that only refused is followed by the next.
 */
final class TurnFiles {
    static final String FUNCTIONS = """
            FAILED=1
            uptime() {
                UP=
                [ ! -r /proc/uptime ] || read -r UP _ </proc/uptime
            }
            begin() {
                N=$1 RC=0
                uptime
                FROM=$UP
            }
            run() {
                [ $RC -eq 0 ] || return 0
                "$T" "$@" </dev/null >>"out.$N" 2>>"err.$N"
                RC=$?
            }
            end() {
                uptime
                [ -z "$UP" ] || echo "${FROM%.*}${FROM#*.}0000000 ${UP%.*}${UP#*.}0000000" >"span.$N"
                echo $RC >"rc.$N"
                [ $RC -lt 128 ] || exit $RC
                [ $RC -ne 0 ] || FAILED=0
            }
            """;

    /** Good when one turn was; else as the last one ended. */
    static final String EXIT = "[ $FAILED -eq 0 ] || exit $RC";

    private TurnFiles() {}
}
