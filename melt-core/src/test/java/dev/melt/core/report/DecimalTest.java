package dev.melt.core.report;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "4, 4",
        "-3, -3",
        "0.1, 0.1",
        "-0.05, -0.05",
        "12.345, 12.345",
        "0.000001, 0.000001",
        "2e-3, 0.002",
        "0.30000000000000004, 0.30000000000000004",
        "1234567890123, 1234567890123",
        "9007199254740991, 9007199254740991",
        "1e-7, 1.0E-7",
        "2e23, 2.0E23"
    })
    void writesTheShortestTextThatReadsBack(double value, String text) {
        assertThat(Decimal.text(value)).isEqualTo(text);
    }

    @Test
    void readsBackExactlyWhateverIsWritten() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            double any = Double.longBitsToDouble(random.nextLong());
            double usual = random.nextInt(2_000_000) / Math.pow(10, random.nextInt(8));
            double product = random.nextInt(5_000_000) * 1e-6 * random.nextInt(3_000_000) * 1e-6;
            assertReadsBack(Double.isFinite(any) ? any : 0);
            assertReadsBack(usual);
            assertReadsBack(-product);
        }
    }

    @Test
    void isNeverLongerThanItsExactDecimal() {
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            BigDecimal exact = BigDecimal.valueOf(random.nextInt(10_000_000), random.nextInt(6));
            assertThat(Decimal.text(exact.doubleValue()))
                    .isEqualTo(
                            exact.signum() == 0
                                    ? "0"
                                    : exact.stripTrailingZeros().toPlainString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                7,
                -7,
                10,
                2147483647,
                2147483648L,
                5000000001L,
                1000000000000000000L,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void writesWholeNumbers(long value) {
        byte[] out = new byte[Decimal.LONGEST];

        int end = Decimal.write(value, out, 0);
        assertThat(new String(out, 0, end, US_ASCII)).isEqualTo(Long.toString(value));
    }

    private static void assertReadsBack(double value) {
        if (Double.doubleToLongBits(Double.parseDouble(Decimal.text(value))) != Double.doubleToLongBits(value)) {
            assertThat(Decimal.text(value)).as("must read back as " + value).isEmpty();
        }
    }
}
