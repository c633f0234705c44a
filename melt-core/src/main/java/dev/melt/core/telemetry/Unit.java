package dev.melt.core.telemetry;

/** The units that figures are kept in: SI, with the symbol that is stored and shown. */
public enum Unit {
    SECOND("s"),
    WATT("W"),
    AMPERE("A"),
    VOLT("V"),
    JOULE("J"),
    COULOMB("C"),
    HERTZ("Hz"),
    BYTE("B"),
    CELSIUS("degC"),
    RATIO("1"),
    TOKENS_PER_SECOND("tok/s"),
    JOULES_PER_TOKEN("J/tok"),
    MILLIWATT_HOURS_PER_TOKEN("mWh/tok"),
    MILLIAMPERE_HOUR("mAh"),
    MILLIAMPERE_HOURS_PER_TOKEN("mAh/tok");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    /** The unit with this symbol. */
    public static Unit ofSymbol(String symbol) {
        for (Unit unit : values()) {
            if (unit.symbol.equals(symbol)) {
                return unit;
            }
        }
        throw new IllegalArgumentException("no unit is written " + symbol);
    }
}
