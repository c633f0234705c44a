package dev.melt.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * How a model came of another one.
 *
 * @param parent what that one was called
 * @param parentSha256 of its file, or of the names and contents of all files of its folder
 * @param type asked of the tool, such as {@code Q4_K_M}; empty where the command says it in its own way
 * @param tool program that made it
 * @param toolSha256 of that program's file
 * @param toolVersion as the bundle says; empty for a program of no bundle
 * @param command the argument array, with {@code {in}} and {@code {out}} for the files
 */
public record Derivation(
        String parent,
        String parentSha256,
        Optional<String> type,
        String tool,
        Optional<String> toolSha256,
        Optional<String> toolVersion,
        List<String> command) {
    public Derivation {
        requireNonNull(parent, "parent");
        requireNonNull(parentSha256, "parentSha256");
        requireNonNull(type, "type");
        requireNonNull(tool, "tool");
        requireNonNull(toolSha256, "toolSha256");
        requireNonNull(toolVersion, "toolVersion");
        command = List.copyOf(command);
    }

    /** For a table: the parent and the beginning of its hash. */
    public String shown() {
        return parent + " (" + parentSha256.substring(0, Math.min(12, parentSha256.length())) + ")";
    }
}
