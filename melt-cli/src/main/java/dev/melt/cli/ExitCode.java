package dev.melt.cli;

/** What MELT tells the shell. A contract that people's scripts rest on: numbers and meanings do not change. */
public enum ExitCode {
    DONE(0, "done"),
    NOTHING_USABLE(1, "nothing usable came out"),
    USAGE(2, "usage or configuration"),
    PARTLY_FAILED(3, "done, with failed or invalid trials"),
    REGRESSION(4, "regression"),
    INCONCLUSIVE(5, "inconclusive"),
    INTERRUPTED(130, "interrupted");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** In a few words, for help texts. */
    public String meaning() {
        return meaning;
    }
}
