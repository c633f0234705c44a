package dev.melt.virtual.ios.service;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What of the phone's files one connection may see; immutable.
 *
 * @param root where {@code /} lies on this machine
 * @param only the one folder in it that is open; empty: all of it
 */
record AfcFolder(Path root, Optional<String> only) {
    static AfcFolder whole(Path root) {
        return new AfcFolder(root, Optional.empty());
    }

    /** Where a path lies on this machine; empty when it leads out of what is open. */
    Optional<Path> resolve(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        if (only.isPresent() && !parts.isEmpty() && !parts.getFirst().equals(only.get())) {
            return Optional.empty();
        }
        Path found = root;
        for (String part : parts) {
            found = found.resolve(part);
        }
        return Optional.of(found);
    }

    /** Whether a name at the top is shown. */
    boolean shows(Path folder, String name) {
        return only.isEmpty() || !folder.equals(root) || name.equals(only.get());
    }
}
