package dev.melt.core.config;

import com.fasterxml.jackson.core.JsonPointer;

/** A JSON pointer as people write it: {@code conversations[3][0]}, {@code over.point}. */
final class KeyPath {
    private KeyPath() {}

    static String of(JsonPointer pointer) {
        StringBuilder path = new StringBuilder();
        for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
            if (rest.mayMatchElement()) {
                path.append('[').append(rest.getMatchingIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(rest.getMatchingProperty());
            }
        }
        return path.toString();
    }
}
