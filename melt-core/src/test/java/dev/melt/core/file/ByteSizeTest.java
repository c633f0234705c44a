package dev.melt.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.problem.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "17, 17",
        "17B, 17",
        "12345678901, 12345678901",
        "1.5kB, 1500",
        "500MB, 500000000",
        "500 MB, 500000000",
        "8GB, 8000000000",
        "8G, 8000000000",
        "8GiB, 8589934592",
        "1TB, 1000000000000"
    })
    void readsWhatPeopleWrite(String given, long bytes) {
        assertThat(ByteSize.parse("--quota", given)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GB", "-1GB", "8 gigabytes", "8PB", "1,5GB", "1e9"})
    void refusesWhatIsNoAmount(String given) {
        assertThatThrownBy(() -> ByteSize.parse("--quota", given))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("8GiB");
    }
}
