package dev.melt.engines.text;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Numbers as engines print them: with a decimal point or, under some locales, a comma; {@code inf} and {@code nan} too. */
public final class Numbers {
    /** One group that holds a number, to be built into larger patterns. */
    public static final String NUMBER = "(-?[0-9]+(?:[.,][0-9]+)?(?:[eE][-+]?[0-9]+)?|[-+]?(?:inf|nan)(?:inity)?)";

    private static final Pattern FINITE = Pattern.compile("-?[0-9]{1,18}(?:[.,][0-9]{1,18})?(?:[eE][-+]?[0-9]{1,3})?");

    private Numbers() {}

    /** The value; empty for inf and nan, which mean that nothing was measured. */
    public static OptionalDouble real(String printed) {
        if (!FINITE.matcher(printed).matches()) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(printed.replace(',', '.'));
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** The value when it is above 0: what a time or a rate must be to count as measured. */
    public static OptionalDouble positive(String printed) {
        OptionalDouble value = real(printed);
        return value.isPresent() && value.getAsDouble() > 0 ? value : OptionalDouble.empty();
    }

    /** A count; empty for what is no whole number from 0 on. */
    public static OptionalInt count(String printed) {
        return printed.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(printed)) : OptionalInt.empty();
    }

    /** A large count such as a size in bytes. */
    public static OptionalLong whole(String printed) {
        return printed.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(printed)) : OptionalLong.empty();
    }
}
