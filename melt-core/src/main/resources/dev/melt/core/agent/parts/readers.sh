# ---- readers: what a tick does --------------------------------------------------------------------------------------

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
            dumpsys-battery:* | dumpsys-thermalservice:* | dumpsys-meminfo:* | smaps:* | tegrastats:* | nvidia-smi:*)
                poll "${READER%%:*}" "${READER#*:}"
                compile_keys "${READER#*:}" "$FILE"
                ;;
            engine-rss) CODE="$CODE rss; L=\$L\$TAB\$R$NL" ;;
            engine-cpu) CODE="$CODE cpu; L=\$L\$TAB\$R$NL" ;;
            *) CODE="$CODE L=\$L\$TAB$NL" ;;
        esac
    done <"$JOB"
    eval "tick() {
        $CODE :
    }"
}

# Lines of one file by their keys, each followed by one of ":= ([": where they stand is found now, what stands there is checked at each tick.
compile_keys() {
    case $1 in
        *[!A-Za-z0-9_.+,\(\)-]*) fail "not keys: $1" ;;
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
            POST="$POST case \$$LINE} in '$KEY'[:=\\ \\(\\[]*) L=\$L\$TAB\$$LINE#'$KEY'?} ;; *) L=\$L\$TAB AGAIN=1 ;; esac$NL"
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
            "$1"[:=\ \(\[]*) AT=$N && break ;;
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
