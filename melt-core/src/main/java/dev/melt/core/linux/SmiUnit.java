package dev.melt.core.linux;

import dev.melt.core.telemetry.Unit;
import java.util.Arrays;
import java.util.Optional;

/** Units that nvidia-smi writes behind a figure or in the heading of its column. */
enum SmiUnit {
    NONE("", Unit.RATIO, 1),
    CELSIUS("C", Unit.CELSIUS, 1),
    WATT("W", Unit.WATT, 1),
    MILLIWATT("mW", Unit.WATT, 1e-3),
    MILLIJOULE("mJ", Unit.JOULE, 1e-3),
    JOULE("J", Unit.JOULE, 1),
    MEGAHERTZ("MHz", Unit.HERTZ, 1e6),
    PERCENT("%", Unit.RATIO, 1e-2),
    KIBIBYTE("KiB", Unit.BYTE, 1024),
    MEBIBYTE("MiB", Unit.BYTE, 1 << 20),
    GIBIBYTE("GiB", Unit.BYTE, 1 << 30),
    MICROSECOND("us", Unit.SECOND, 1e-6),
    MILLISECOND("ms", Unit.SECOND, 1e-3),
    SECOND("s", Unit.SECOND, 1),
    VOLT("V", Unit.VOLT, 1),
    MILLIVOLT("mV", Unit.VOLT, 1e-3);

    final String symbol;
    final Unit unit;
    private final double factor;

    SmiUnit(String symbol, Unit unit, double factor) {
        this.symbol = symbol;
        this.unit = unit;
        this.factor = factor;
    }

    static Optional<SmiUnit> ofSymbol(String symbol) {
        return Arrays.stream(values())
                .filter(unit -> unit.symbol.equals(symbol))
                .findFirst();
    }

    /** Small factors are divided by, so that 5 % is 0.05 and not a little more. */
    double si(double value) {
        return factor < 1 ? value / Math.rint(1 / factor) : value * factor;
    }
}
