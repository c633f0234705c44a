package dev.melt.core.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads columns that may be absent. */
final class Columns {
    private Columns() {}

    static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static OptionalInt integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    static OptionalLong wide(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static OptionalDouble real(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    static <E extends Enum<E>> E word(Class<E> family, ResultSet row, String column) throws SQLException {
        return Enum.valueOf(family, row.getString(column).toUpperCase(Locale.ROOT));
    }

    /** How a member of a closed family is stored where people write queries: {@code done}. */
    static String word(Enum<?> member) {
        return member.name().toLowerCase(Locale.ROOT);
    }
}
