#!/bin/sh
# Becomes the first process of a box: mounts its root and waits. Runs as: box.sh ROOT FILES READY
#   ROOT   an empty folder
#   FILES  a folder whose content lies at the top of the box, writable: data, sys, system, etc, proc
#   READY  a file that is made when the box can be entered
set -e
ROOT=$1 FILES=$2 READY=$3
mount --make-rprivate /
mount -t tmpfs -o mode=755 none "$ROOT"
mkdir "$ROOT/proc" "$ROOT/dev" "$ROOT/tmp"
for HOST in usr bin lib lib64 lib32 opt; do
    [ -d "/$HOST" ] || continue
    if [ -L "/$HOST" ]; then
        ln -s "$(readlink "/$HOST")" "$ROOT/$HOST"
    else
        mkdir "$ROOT/$HOST"
        mount --rbind "/$HOST" "$ROOT/$HOST"
    fi
done
mount --rbind /dev "$ROOT/dev"
mount -t proc proc "$ROOT/proc"
for OWN in "$FILES"/*; do
    NAME=${OWN##*/}
    case $NAME in
        proc) continue ;;
    esac
    if [ -d "$OWN" ]; then
        mkdir -p "$ROOT/$NAME"
        mount --bind "$OWN" "$ROOT/$NAME"
    else
        cp "$OWN" "$ROOT/$NAME"
    fi
done
if [ -d "$FILES/proc" ]; then
    (cd "$FILES/proc" && find . -type f) | while read -r FILE; do
        [ -e "$ROOT/proc/$FILE" ] && mount --bind "$FILES/proc/$FILE" "$ROOT/proc/$FILE"
    done
fi
mkdir -p "$ROOT/etc"
for HOST in passwd group hosts resolv.conf ld.so.cache ld.so.conf ld.so.conf.d alternatives java-17-openjdk ssl; do
    [ -e "$ROOT/etc/$HOST" ] || [ ! -e "/etc/$HOST" ] || cp -a "/etc/$HOST" "$ROOT/etc/$HOST" 2>/dev/null || true
done
# the way into the box's root, for those who enter with nsenter --root
exec chroot "$ROOT" /bin/sh -c '
trap "exit 0" TERM
: >/tmp/.ready
while :; do sleep 3600 & wait $!; done' box "$READY"
