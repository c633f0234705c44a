package dev.melt.core.prepare;

import static java.util.Objects.requireNonNull;

/**
 * A value that a setting of a device shall have while a run goes on.
 *
 * @param name of a {@link dev.melt.core.device.Control}
 */
public record WantedSetting(String name, String value) {
    public WantedSetting {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
    }

    /** Whether a value that was read is this one; numbers count by their size: {@code 0.0} is {@code 0}. */
    boolean isMetBy(String found) {
        return same(value, found);
    }

    static boolean same(String one, String other) {
        return one.equals(other)
                || (isNumber(one) && isNumber(other) && Double.parseDouble(one) == Double.parseDouble(other));
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?");
    }
}
