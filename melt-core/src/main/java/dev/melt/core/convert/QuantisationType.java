package dev.melt.core.convert;

import dev.melt.core.problem.InvalidInputException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type as llama-quantize names it: {@code Q4_K_M}, {@code IQ3_XXS}, {@code BF16}. Which there are depends on the build, so
 * that one has the last word.
 */
public record QuantisationType(String name) {
    private static final Pattern FORM = Pattern.compile("(?:IQ|TQ|Q|BF|F|MXFP|NVFP)([0-9]{1,2})(?:_[A-Z0-9_]{1,10})?");

    public QuantisationType {
        name = name.toUpperCase(Locale.ROOT);
        if (!FORM.matcher(name).matches()) {
            throw new InvalidInputException(
                    "type '" + name + "'",
                    "a quantisation such as Q4_0, Q4_K_M, Q8_0 or F16 expected",
                    "something else found",
                    "'llama-quantize --help' lists what a build knows");
        }
    }

    /** At most about so many bytes for so many weights: a bit above the name's, for scales and tensors kept finer. */
    public long mostBytes(long parameters) {
        Matcher matcher = FORM.matcher(name);
        int bits = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 32;
        return (long) (parameters * (bits >= 16 ? bits : bits + 2) / 8.0) + (8L << 20);
    }
}
