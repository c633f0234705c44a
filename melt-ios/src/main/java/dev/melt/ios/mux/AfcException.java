package dev.melt.ios.mux;

import java.util.Map;

/** The phone's file service answered and said no. */
public final class AfcException extends RuntimeException {
    static final long NOT_FOUND = 8;
    private static final long NO_SPACE = 18;

    /** Of {@code libimobiledevice/afc.h}. */
    private static final Map<Long, String> WORDS = Map.of(
            7L,
            "invalid argument",
            NOT_FOUND,
            "not found",
            9L,
            "it is a folder",
            10L,
            "permission denied",
            15L,
            "not supported",
            16L,
            "it exists already",
            NO_SPACE,
            "no space left on the phone",
            33L,
            "the folder is not empty");

    private final long status;

    AfcException(String what, long status) {
        super(what + ": " + WORDS.getOrDefault(status, "refused") + " (AFC status " + status + ")");
        this.status = status;
    }

    public boolean isNotFound() {
        return status == NOT_FOUND;
    }

    public boolean isNoSpace() {
        return status == NO_SPACE;
    }
}
