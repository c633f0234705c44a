# ---- subcommands for the store --------------------------------------------------------------------------------------

stored_at() {
    case $1 in
        *[!0-9a-f]* | '') fail "not a sha256" ;;
    esac
    case $2 in
        *[!A-Za-z0-9._+-]* | '' | .*) fail "not a plain file name" ;;
    esac
    AT=$WORKDIR/store/$1/$2
}

# SIZE of a file in bytes, as text: mksh would compute with 32 bits, and models are larger. Some wc write blanks before it.
size_of() {
    SIZE=$(wc -c <"$1")
    SIZE=${SIZE##* }
}

# Size of a stored file that was found whole once and was not changed since.
stored() {
    stored_at "$@"
    [ -f "$AT.ok" ] && [ -f "$AT" ] && [ ! "$AT" -nt "$AT.ok" ] || return 0
    read -r X <"$AT.ok"
    size_of "$AT"
    [ "$X" = "$SIZE" ] || return 0
    mark "$AT.ok" "$SIZE" || :
    echo "$SIZE"
}

# A mark holds what was found (a size, a number of files) and in a second line when it was used last, in seconds of the
# wall clock, 0 where there is none. It is replaced only by one that was written whole: a full disk must not cost it.
mark() {
    X=$(date +%s 2>/dev/null)
    case $X in '' | *[!0-9]*) X=0 ;; esac
    echo "$2$NL$X" >"$1.new" && { read -r Y && read -r Z; } <"$1.new" && [ "$Y$NL$Z" = "$2$NL$X" ] && mv -f "$1.new" "$1"
} 2>/dev/null

seal() {
    stored_at "$@"
    for X in sha256sum 'toybox sha256sum' 'busybox sha256sum' 'shasum -a 256'; do
        Y=$($X 2>/dev/null <"$AT") || continue
        [ "${Y%% *}" = "$1" ] || fail "$2: content has another sha256 than its name says" 65
        break
    done
    size_of "$AT"
    mark "$AT.ok" "$SIZE" || fail "$AT.ok cannot be written" 75
}

folder_at() {
    case ${1-} in
        *[!0-9a-f]* | '') fail "not a sha256" ;;
    esac
    [ -n "$WORKDIR" ] || fail "no work folder: give -w"
    FOLDER=$WORKDIR/bundles/$1
}

# Number of files in a folder that was made whole, or nothing. Each must still be there.
assembled() {
    folder_at "$@"
    [ -f "$FOLDER.ok" ] && [ -f "$FOLDER.list" ] || return 0
    read -r COUNT <"$FOLDER.ok"
    while read -r X X Y Z; do
        [ -f "$FOLDER/$Z" ] || return 0
        [ "$Y" != x ] || [ -x "$FOLDER/$Z" ] || return 0
    done <"$FOLDER.list"
    mark "$FOLDER.ok" "$COUNT" || :
    echo "$COUNT"
}

# Makes a folder of stored files after its list. A second name for the stored file where the system gives one (Android
# does not), else a copy; each appears whole under its name, and the mark comes last.
assemble() {
    folder_at "$@"
    [ -f "$FOLDER.list" ] || fail "no list of files for $1" 65
    rm -f "$FOLDER.ok"
    COUNT=0
    while read -r HASH AS BIT NAME; do
        place_file
        COUNT=$((COUNT + 1))
    done <"$FOLDER.list"
    [ $COUNT -gt 0 ] || fail "an empty list of files for $1" 65
    mark "$FOLDER.ok" $COUNT || fail "$FOLDER cannot be written" 75
    echo $COUNT
}

place_file() {
    case $NAME in
        '' | *[!A-Za-z0-9._+/-]* | .* | */.* | -* | */-* | /* | */ | *//*) fail "not a plain name in a folder: $NAME" 65 ;;
    esac
    stored_at "$HASH" "$AS"
    [ -f "$AT.ok" ] && [ -f "$AT" ] || fail "$NAME: $HASH is not in the store" 65
    case $NAME in
        */*) mkdir -p "$FOLDER/${NAME%/*}" ;;
        *) mkdir -p "$FOLDER" ;;
    esac || fail "$FOLDER cannot be made" 75
    TARGET=$FOLDER/$NAME
    rm -f "$TARGET.new"
    ln "$AT" "$TARGET.new" 2>/dev/null || cp "$AT" "$TARGET.new" || fail "$NAME cannot be copied into $FOLDER" 75
    if [ "$BIT" = x ]; then
        chmod 755 "$TARGET.new"
        [ -x "$TARGET.new" ] || fail "$NAME cannot be made executable under $WORKDIR: choose another work folder" 69
    fi
    rm -f "$TARGET" # a move between two names of one file fails or does nothing
    mv -f "$TARGET.new" "$TARGET" || fail "$NAME cannot be put into $FOLDER" 75
}
