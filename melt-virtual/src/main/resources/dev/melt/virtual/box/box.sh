#!/bin/sh
# Becomes the first process of a box: mounts its root and waits. Runs as: box.sh ROOT FILES SETUP
#   ROOT   an empty folder
#   FILES  a folder whose content lies at the top of the box, writable but for etc and proc: data, sys, system
#   SETUP  a script that is read once the root is mounted, if it exists; $ROOT is the root
# It ends, and every process of the box with it, at TERM or when nobody holds its input open any more.
set -e
ROOT=$1 FILES=$2 SETUP=$3
mount --make-rprivate /
mount -t tmpfs -o mode=755 none "$ROOT"
mkdir "$ROOT/proc" "$ROOT/dev" "$ROOT/tmp"
chmod 1777 "$ROOT/tmp"
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
        etc) cp -a "$OWN" "$ROOT/etc" && continue ;; # what this machine has is put beside it
    esac
    if [ -d "$OWN" ] && [ ! -L "$OWN" ]; then
        mkdir -p "$ROOT/$NAME"
        mount --bind "$OWN" "$ROOT/$NAME"
    elif [ -e "$OWN" ] || [ -L "$OWN" ]; then
        cp -a "$OWN" "$ROOT/$NAME"
    fi
done
if [ -d "$FILES/proc" ]; then
    (cd "$FILES/proc" && find . -type f) | while read -r FILE; do
        [ ! -e "$ROOT/proc/$FILE" ] || mount --bind "$FILES/proc/$FILE" "$ROOT/proc/$FILE"
    done
fi
mkdir -p "$ROOT/etc"
for HOST in /etc/passwd /etc/group /etc/hosts /etc/resolv.conf /etc/ld.so.* /etc/alternatives /etc/java-*-openjdk; do
    [ -e "$ROOT$HOST" ] || [ ! -e "$HOST" ] || cp -a "$HOST" "$ROOT$HOST" 2>/dev/null || true
done
[ ! -f "$SETUP" ] || . "$SETUP"
# the way into the box's root, for those who enter with nsenter --root
exec chroot "$ROOT" /bin/sh -c '
trap "exit 0" TERM
: >/tmp/.ready
cat >/dev/null' box
