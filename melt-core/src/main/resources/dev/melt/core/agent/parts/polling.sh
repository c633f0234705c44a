# ---- sources: what only a program tells, or what takes too long for a tick --------------------------------------------

# Each source is asked by a process of its own beside the sampler, into a file of "KEY: VALUE" lines that the sampler
# reads by keys. The first answer comes before the first tick. What a source does not know now has no value behind its
# key, or no line.

# FILE: where the answers of source $1 stand.
poll() {
    [ -n "${POLLED-}" ] || {
        POLLED=$WORKDIR/agent/polled.$$
        [ -z "${DIR-}" ] || POLLED=$DIR/.polled
    }
    FILE=$POLLED.$1
    case " ${SOURCES-} " in
        *" $1 "*) return ;;
    esac
    SOURCES="${SOURCES-} $1"
    ask "$1"
}

ask() {
    case $1 in
        dumpsys-battery) ask_battery ;;
        dumpsys-thermalservice) ask_thermalservice ;;
        dumpsys-meminfo) ask_meminfo ;;
        smaps) ask_smaps ;;
    esac >"$POLLED.$1.new"
    mv -f "$POLLED.$1.new" "$POLLED.$1"
}

# They end with the sampler, of which $1 is the process.
keep_polling() {
    for SOURCE in ${SOURCES-}; do
        FIRST=1 EVERY=1
        case $SOURCE in
            dumpsys-meminfo) EVERY=5 ;; # it stops the engine for a moment
            smaps) FIRST=0.2 EVERY=0.2 ;; # a small model is done within a second
        esac
        (
            sleep $FIRST
            while [ -d "/proc/$1" ] && [ ! -e exit ]; do
                ask $SOURCE
                sleep $EVERY
            done
        ) </dev/null >/dev/null 2>&1 8>&- 9>&- &
    done
}

ask_all() { for SOURCE in ${SOURCES-}; do ask $SOURCE; done; }

forget_answers() { for SOURCE in ${SOURCES-}; do rm -f "$POLLED.$SOURCE"; done; }

# The block of the present state alone, a key a line, in lower case with _ between words; true is 1 and false 0.
ask_battery() {
    dumpsys battery 2>/dev/null | sed -n '/^Current Battery Service state/,/^[^ C]/{
        s/^\( *[A-Za-z][A-Za-z ]* powered: *\)true$/\11/
        s/^\( *[A-Za-z][A-Za-z ]* powered: *\)false$/\10/
        /^ *[A-Za-z][A-Za-z ]*: *-\{0,1\}[0-9][0-9]*$/{
            s/^ *//
            s/ /_/g
            s/:_*/: /
            y/ABCDEFGHIJKLMNOPQRSTUVWXYZ/abcdefghijklmnopqrstuvwxyz/
            p
        }
    }'
}

# The status, and what the sensors say now: what is cached there may be hours old. A name goes to "}", and what a key
# should not have becomes _.
ask_thermalservice() {
    dumpsys thermalservice 2>/dev/null | sed -n '
        s/^ *Thermal Status: *\([0-9][0-9]*\)[^0-9]*$/status: \1/p
        /Current temperatures from HAL:/,/^[^{]*:[^{]*$/{
            s/^[^{]*Temperature{mValue=\(-\{0,1\}[0-9][0-9.Ee+-]*\), mType=-\{0,1\}[0-9]*, mName=\([^}]*\), mStatus=[0-9]*}.*$/temperature.\2}\1/
            t name
        }
        /Current cooling devices from HAL:/,/^[^{]*:[^{]*$/{
            s/^[^{]*CoolingDevice{mValue=\([0-9][0-9]*\), mType=-\{0,1\}[0-9]*, mName=\([^}]*\)}.*$/cooling.\2}\1/
            t name
        }
        d
        :name
        s/^\([A-Za-z0-9_.+-]*\)[^A-Za-z0-9_.+}-][^A-Za-z0-9_.+}-]*/\1_/
        t name
        s/}/: /
        p'
}

# Sums over the engine and its descendants, in kB. A page that several share counts for each in part.
ask_smaps() {
    look_around
    PSS= SWAPPED=
    for X in $PIDS; do
        while read -r Y Z _; do
            case $Y in
                Pss:) PSS=$((${PSS:-0} + Z)) ;;
                SwapPss:) SWAPPED=$((${SWAPPED:-0} + Z)) ;;
            esac
        done <"/proc/$X/smaps_rollup"
    done 2>/dev/null
    echo "pss: $PSS${NL}swap_pss: $SWAPPED"
}

# The same as Android sees it, with what the graphics driver holds for it, in kB.
ask_meminfo() {
    look_around
    GRAPHICS= PSS=
    for X in $PIDS; do
        set -- $(dumpsys meminfo "$X" 2>/dev/null | sed -n '/App Summary/,$ {
            s/,//g
            s/^ *Graphics: *\([0-9][0-9]*\).*/graphics \1/p
            s/^ *TOTAL PSS: *\([0-9][0-9]*\).*/pss \1/p
            s/^ *TOTAL: *\([0-9][0-9]*\).*/pss \1/p
        }')
        while [ $# -ge 2 ]; do
            case $1 in
                graphics) GRAPHICS=$((${GRAPHICS:-0} + $2)) ;;
                pss) PSS=$((${PSS:-0} + $2)) ;;
            esac
            shift 2
        done
    done
    echo "graphics: $GRAPHICS${NL}pss: $PSS"
}
