#!/bin/sh
# MELT's agent: starts an engine detached from its caller, samples telemetry beside it and keeps its status.
# One file for mksh with toybox (Android), bash, dash and busybox ash; docs/reference/agent-protocol.md describes it.
#
#   melt-agent.sh [-w WORKDIR] [-s SHELL] version | shell | clock | observe FILE [MS] | start ID | status ID | await ID SECONDS
#                 | finish ID | stop ID | list ID | discard ID | stored SHA256 NAME | seal SHA256 NAME
#                 | assemble SHA256 | assembled SHA256 | inventory | forget KIND NAME
#
# Rules that shaped it. mksh computes with 32 bits: times are pairs of seconds (S) and microseconds (U), bytes are kB or
# pages. printf and cat are programs in mksh: the loop that samples uses echo and read alone. dash reads byte by byte
# and gets one byte of anything below /proc/sys: such files are read with cat, and outside the loop.
EARLY=${EPOCHREALTIME-}
LC_ALL=C
export LC_ALL
PROTOCOL=1
TAB='	'
NL='
'
WORKDIR=${MELT_WORKDIR-}
PINNED=
while :; do
    case ${1-} in
        -w) WORKDIR=${2-} && shift 2 ;;
        -s) PINNED=${2-} && shift 2 ;;
        *) break ;;
    esac
done

fail() {
    echo "melt-agent: $1" >&2
    exit "${2:-64}"
}

trial() {
    case ${1-} in
        '' | *[!A-Za-z0-9_-]*) fail "not a trial id" ;;
    esac
    [ -n "$WORKDIR" ] || fail "no work folder: give -w"
    ID=$1
    DIR=$WORKDIR/trials/$1
}
