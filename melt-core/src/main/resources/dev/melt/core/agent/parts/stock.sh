# ---- what lies here -------------------------------------------------------------------------------------------------

# "now SECONDS", "free KILOBYTES" where df tells, and a line KIND BYTES USED busy|idle NAME [SAME] for each file of a thing:
# their bytes add up. Sizes stay text, because mksh computes with 32 bits. USED is in seconds of the wall clock, 0 where it is
# not known. A bundle's file that is another name of a stored one weighs nothing and says which one: SAME.
inventory() {
    [ -n "$WORKDIR" ] || fail "no work folder: give -w"
    X=$(date +%s 2>/dev/null)
    case $X in '' | *[!0-9]*) ;; *) echo "now $X" ;; esac
    cd "$WORKDIR" 2>/dev/null || return 0
    free_space
    find_users
    trials_here
    store_here
    bundles_here
    agents_here
}

# The columns of df differ in front: words are counted from the mount point. Old toolbox tells no plain number.
free_space() {
    df -k . 2>/dev/null | {
        ROW=
        while read -r X; do [ -z "$X" ] || ROW=$X; done
        set -f
        set -- $ROW
        [ $# -lt 6 ] || shift
        case ${3-} in '' | *[!0-9]*) ;; *) echo "free $3" ;; esac
    }
}

# USERS: the files in which running trials name what they use.
find_users() {
    USERS=
    for T in trials/*; do
        case ${T#trials/} in *[!A-Za-z0-9_-]*) continue ;; esac
        trial "${T#trials/}"
        judge
        [ "$STATE" = RUNNING ] || continue
        for F in "$T"/*; do
            case ${F##*/} in
                *[!A-Za-z0-9._-]* | stdout | stderr | status | samples.* | events.jsonl) ;;
                *) [ ! -f "$F" ] || USERS="$USERS $F" ;;
            esac
        done
    done
}

# Whether a running trial names a hash; when that cannot be told it does.
is_used() {
    [ -n "$USERS" ] || return 1
    grep -q "$1" $USERS 2>/dev/null
    [ $? -ne 1 ]
}

busy_or_idle() { WHETHER=idle && is_used "$1" && WHETHER=busy || :; }

# USED: what the mark $1 says, else when $2 was changed.
used_at() {
    USED=
    { read -r X && read -r USED; } <"$1"
    case $USED in '' | 0 | *[!0-9]*) USED=$(stat -c %Y "$2") ;; esac
    case $USED in '' | *[!0-9]*) USED=0 ;; esac
} 2>/dev/null

# A line for each of the files $4..., of the thing "KIND NAME".
weigh() {
    KIND=$1 NAME=$2 WHETHER=$3
    shift 3
    [ $# -eq 0 ] || wc -c "$@" | while read -r X Y; do [ "$Y" = total ] || echo "$KIND $X $USED $WHETHER $NAME"; done
}

trials_here() {
    for T in trials/*; do
        case ${T#trials/} in *[!A-Za-z0-9_-]*) continue ;; esac
        trial "${T#trials/}"
        judge
        WHETHER=idle
        [ "$STATE" != RUNNING ] || WHETHER=busy
        USED=
        while IFS='=' read -r X Y; do [ "$X" != wall_ns ] || USED=${Y%?????????}; done 2>/dev/null <"$T/status"
        case $USED in '' | *[!0-9]*) used_at /nonexistent "$T" ;; esac
        set --
        for F in "$T"/*; do [ ! -f "$F" ] || set -- "$@" "$F"; done
        echo "trial 0 $USED $WHETHER $ID"
        weigh trial "$ID" $WHETHER "$@"
    done
}

# What was not found whole yet is a part: of a copy that broke, or of one that goes on.
store_here() {
    for D in store/*; do
        case ${D#store/} in *[!0-9a-f]*) continue ;; esac
        busy_or_idle "${D#store/}"
        for F in "$D"/*; do
            case ${F##*/} in *[!A-Za-z0-9._+-]* | *.ok | *.new) continue ;; esac
            [ -f "$F" ] || continue
            used_at "$F.ok" "$F"
            KIND=file
            [ -f "$F.ok" ] || KIND=part
            weigh $KIND "${F#store/}" $WHETHER "$F"
        done
    done
}

bundles_here() {
    for D in bundles/*; do
        [ -d "$D" ] || continue
        case ${D#bundles/} in *[!0-9a-f]*) continue ;; esac
        busy_or_idle "${D#bundles/}"
        used_at "$D.ok" "$D"
        KIND=bundle
        [ -f "$D.ok" ] || KIND=part
        echo "$KIND 0 $USED $WHETHER ${D#bundles/}"
        [ ! -f "$D.list" ] || {
            set --
            while read -r X Y _ F; do
                [ -f "$D/$F" ] || continue
                if [ "$D/$F" -ef "store/$X/$Y" ] 2>/dev/null; then
                    echo "$KIND 0 $USED $WHETHER ${D#bundles/} $X/$Y"
                else
                    set -- "$@" "$D/$F"
                fi
            done <"$D.list"
            weigh $KIND "${D#bundles/}" $WHETHER "$@"
        }
    done
}

# The agent that answers is in use, and so is each one while a trial runs: that may be the trial's.
agents_here() {
    for D in agent/*; do
        [ -d "$D" ] || continue
        case ${D#agent/} in *[!0-9a-f]*) continue ;; esac
        WHETHER=idle
        [ -z "$USERS" ] || WHETHER=busy
        case $0 in */"$D"/melt-agent.sh) WHETHER=busy ;; esac
        used_at /nonexistent "$D"
        weigh agent "${D#agent/}" $WHETHER "$D"/*
    done
}

# Removes a thing of the inventory and prints "gone", or "busy" when something runs that uses it. Its mark goes first, so that
# what a kill leaves is a part.
forget() {
    [ -n "$WORKDIR" ] || fail "no work folder: give -w"
    cd "$WORKDIR" 2>/dev/null || { echo gone && return; }
    find_users
    case ${1-}:${2-} in
        trial:*)
            trial "$2"
            judge
            [ "$STATE" != RUNNING ] || { echo busy && return; }
            rm -rf "$DIR"
            ;;
        file:*/* | part:*/*)
            stored_at "${2%%/*}" "${2#*/}"
            ! is_used "${2%%/*}" || { echo busy && return; }
            rm -f "$AT.ok" "$AT" && rmdir "${AT%/*}" 2>/dev/null
            [ ! -e "$AT" ]
            ;;
        bundle:* | part:*)
            folder_at "$2"
            ! is_used "$2" || { echo busy && return; }
            rm -f "$FOLDER.ok" && rm -rf "$FOLDER" "$FOLDER.list"
            ;;
        agent:*)
            case $2 in '' | *[!0-9a-f]*) fail "not a version of the agent" ;; esac
            case $0 in */agent/"$2"/*) echo busy && return ;; esac
            [ -z "$USERS" ] || { echo busy && return; }
            rm -rf "agent/$2"
            ;;
        *) fail "not a kind of thing: ${1-}" ;;
    esac || fail "${1-} ${2-} cannot be removed" 75
    echo gone
}
