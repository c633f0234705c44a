# ---- sources: what only a program tells, or what takes too long for a tick --------------------------------------------

# Each source is asked by a process of its own beside the sampler, into a file of "KEY: VALUE" lines that the sampler
# reads by keys. The first answer comes before the first tick. What a source does not know now has no value behind its
# key, or no line.

# FILE: where the answers of source $1 stand, of which the keys $2 are wanted.
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
    [ "$1" != nvidia-smi ] || fields_of "$2"
    ask "$1"
}

ask() {
    case $1 in
        dumpsys-battery) ask_battery ;;
        dumpsys-thermalservice) ask_thermalservice ;;
        dumpsys-meminfo) ask_meminfo ;;
        smaps) ask_smaps ;;
        tegrastats | nvidia-smi) lines_of "$1" 3 | tell_last "$1" ;;
    esac >"$POLLED.$1.new"
    mv -f "$POLLED.$1.new" "$POLLED.$1"
}

# They end with the sampler, of which $1 is the process.
keep_polling() {
    for SOURCE in ${SOURCES-}; do
        FIRST=1 EVERY=1
        case $SOURCE in
            tegrastats | nvidia-smi)
                follow $SOURCE "$1" </dev/null >/dev/null 2>&1 8>&- 9>&- &
                FOLLOWERS="${FOLLOWERS-} $!"
                continue
                ;;
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

# Programs that go on telling, a line ten times a second. They end with whoever reads them, or are ended.
lines_of() {
    LIMIT=
    [ -z "${2-}" ] || ! command -v timeout >/dev/null || LIMIT="timeout $2"
    case $1 in
        tegrastats) $LIMIT tegrastats --interval 100 ;;
        nvidia-smi) $LIMIT nvidia-smi --query-gpu="index,$FIELDS" --format=csv,noheader,nounits -lms 100 ;;
    esac 2>/dev/null
}

# As long as the sampler, process $2, is there and the engine has not ended.
follow() {
    lines_of "$1" | while IFS= read -r LINE && [ -d "/proc/$2" ] && [ ! -e exit ]; do
        tell_$(plain_name "$1") "$LINE" >"$POLLED.$1.new"
        mv -f "$POLLED.$1.new" "$POLLED.$1"
    done
}

plain_name() { case $1 in nvidia-smi) echo nvidia ;; *) echo "$1" ;; esac }

# The first answer: of nvidia-smi a line for each card.
tell_last() {
    SEEN= FOUND=
    while IFS= read -r LINE; do
        case " $SEEN " in *" ${LINE%%,*} "*) break ;; esac
        SEEN="$SEEN ${LINE%%,*}"
        FOUND=$(tell_$(plain_name "$1") "$LINE")
        [ "$1" = nvidia-smi ] || break
        ALL="${ALL-}$FOUND$NL"
    done
    echo "${ALL-$FOUND}"
}

end_followers() {
    for X in ${FOLLOWERS-}; do
        read -r Y </proc/"$X"/task/"$X"/children || Y=
        kill $Y "$X"
    done 2>/dev/null
}

# FIELDS: what nvidia-smi is asked for, from keys such as 0.power.draw
fields_of() {
    FIELDS=
    IFS=,
    set -f
    for X in $1; do
        case ",$FIELDS," in
            *",${X#*.},"*) ;;
            *) FIELDS=${FIELDS:+$FIELDS,}${X#*.} ;;
        esac
    done
    set +f
    unset IFS
}

# "INDEX.FIELD: NUMBER" of every card, from a line about one of them. Other words, such as [N/A], are no numbers.
tell_nvidia() {
    IFS=,
    set -f
    set -- $1
    CARD=${1# } TEXT=
    shift
    for X in $FIELDS; do
        V=${1# }
        case $V in '' | *[!0-9.-]*) ;; *) TEXT="$TEXT$CARD.$X: $V$NL" ;; esac
        [ $# -eq 0 ] || shift
    done
    set +f
    unset IFS
    case $CARD in '' | *[!0-9]* | ???*) return ;; esac
    eval "CARD_$CARD=\$TEXT"
    N=0
    while [ $N -le "${MOST_CARD:-0}" ] || [ $N -le "$CARD" ]; do
        eval "X=\${CARD_$N-}"
        [ -z "$X" ] || echo "$X"
        N=$((N + 1))
    done
    [ "$CARD" -le "${MOST_CARD:-0}" ] || MOST_CARD=$CARD
}

# "RAIL: MILLIWATTS" now, not the mean since its start behind the slash; load in percent of GR3D_FREQ and EMC_FREQ.
tell_tegrastats() {
    LAST=
    set -f
    for X in $1; do
        case $LAST in
            GR3D_FREQ | EMC_FREQ)
                V=${X%%%*}
                case $V in '' | *[!0-9]*) ;; *) echo "$LAST: $V" ;; esac
                ;;
            [A-Z]*)
                case $X in
                    [0-9]*/[0-9]*)
                        V=${X%%/*}
                        V=${V%mW}
                        case $V${X#*/} in
                            *[!0-9/mW]*) ;;
                            *) case $V in *[!0-9]*) ;; *) echo "$LAST: $V" ;; esac ;;
                        esac
                        ;;
                esac
                ;;
        esac
        LAST=$X
    done
    set +f
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
