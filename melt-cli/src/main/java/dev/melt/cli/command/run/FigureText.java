package dev.melt.cli.command.run;

import dev.melt.core.telemetry.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Figures as people read them: four digits, and a unit of a handy size. Exports have the plain SI value. */
public final class FigureText {
    private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_UP);

    /** A unit to show figures of one row in, and the factor into it. */
    public record Scale(double factor, String symbol) {
        /** A value of the row, without its unit. */
        public String text(double value) {
            return digits(value * factor);
        }
    }

    private FigureText() {}

    /** The scale in which a value of this size reads best. */
    public static Scale scale(Unit unit, double value) {
        double size = Math.abs(value);
        return switch (unit) {
            case SECOND ->
                size > 0 && size < 1e-3 ? new Scale(1e6, "us") : size < 1 ? new Scale(1e3, "ms") : new Scale(1, "s");
            case BYTE ->
                size < 1e6 ? new Scale(1e-3, "kB") : size < 1e9 ? new Scale(1e-6, "MB") : new Scale(1e-9, "GB");
            case HERTZ -> new Scale(1e-6, "MHz");
            case JOULE -> size < 1 ? new Scale(1e3, "mJ") : new Scale(1, "J");
            case JOULES_PER_TOKEN -> size < 1 ? new Scale(1e3, "mJ/tok") : new Scale(1, "J/tok");
            case CELSIUS -> new Scale(1, "\u00b0C");
            case RATIO -> new Scale(1, "");
            default -> new Scale(1, unit.symbol());
        };
    }

    private static String digits(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(FOUR_DIGITS);
        int whole = rounded.precision() - rounded.scale();
        int decimals = Math.max(0, Math.min(FOUR_DIGITS.getPrecision(), FOUR_DIGITS.getPrecision() - whole));
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
