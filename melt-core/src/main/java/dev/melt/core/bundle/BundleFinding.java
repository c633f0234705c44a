package dev.melt.core.bundle;

import static java.util.Objects.requireNonNull;

/**
 * Something that a look into a bundle brought to light.
 *
 * @param file name within the bundle
 * @param advice what to do about a fault; empty for a note
 */
public record BundleFinding(Kind kind, String file, String finding, String advice) {
    /** Whether the bundle can be used all the same. */
    public enum Kind {
        /** It would not run. */
        FAULT,
        /** It runs where what is noted holds. */
        NOTE
    }

    public BundleFinding {
        requireNonNull(kind, "kind");
        requireNonNull(file, "file");
        requireNonNull(finding, "finding");
        requireNonNull(advice, "advice");
    }

    static BundleFinding fault(String file, String finding, String advice) {
        return new BundleFinding(Kind.FAULT, file, finding, advice);
    }

    static BundleFinding note(String file, String finding) {
        return new BundleFinding(Kind.NOTE, file, finding, "");
    }

    public boolean isFault() {
        return kind == Kind.FAULT;
    }
}
