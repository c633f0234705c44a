package dev.melt.ios.mux;

/** Lockdown answered and said no. */
public final class LockdownException extends RuntimeException {
    private final String error;

    LockdownException(String what, String error) {
        super(what + ": " + error);
        this.error = error;
    }

    /** Its word: {@code PasswordProtected}, {@code PairingDialogResponsePending}, {@code InvalidService}, ... */
    public String error() {
        return error;
    }
}
