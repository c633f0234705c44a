package dev.melt.core.remote;

import java.util.UUID;

/** Processes on a device that have to be found again, their orphans included. */
public final class RemoteProcess {
    /** The environment variable that every process of a command carries. */
    public static final String TAG = "MELT_EXEC";

    private RemoteProcess() {}

    /** A word that nothing else contains. */
    public static String nonce() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Shell text before a command whose processes shall carry a tag. */
    public static String tagged(String tag) {
        return "export " + TAG + "=" + tag + "; ";
    }

    /**
     * Shell text that ends every process with a tag; those that read its environment are not among them, though a wrapper may have
     * put this very text into theirs: SSH_ORIGINAL_COMMAND.
     */
    public static String ending(String tag) {
        return "for F in $(grep -l " + TAG + "=\"\"" + tag + " /proc/[0-9]*/environ 2>/dev/null); do "
                + "F=${F#/proc/}; kill -9 ${F%/environ}; done 2>/dev/null";
    }
}
