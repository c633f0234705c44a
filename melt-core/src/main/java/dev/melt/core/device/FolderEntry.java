package dev.melt.core.device;

/**
 * A file of the device's store as it appears in an assembled folder.
 *
 * @param name its path within the folder, with {@code /} between
 * @param sha256 of its content
 * @param storedAs its name in the store, beside that hash
 * @param executable whether it is started as a program
 */
public record FolderEntry(String name, String sha256, String storedAs, boolean executable) {
    private static final String PART = "[A-Za-z0-9_+][A-Za-z0-9._+-]*";

    public FolderEntry {
        if (!name.matches(PART + "(/" + PART + ")*") || !storedAs.matches(PART)) {
            throw new IllegalArgumentException("a plain name within a folder expected, was " + name);
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a sha256 expected, was " + sha256);
        }
    }
}
