package dev.melt.engines.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TokenTimesTest {
    private static Completion.Token token(long arrived, OptionalLong server) {
        return new Completion.Token(arrived, server, OptionalInt.empty());
    }

    @Test
    void tokensThatArriveInOneBurstKeepTheServersDistances() {
        List<Completion.Token> burst = List.of(
                token(1030, OptionalLong.of(0)), token(1031, OptionalLong.of(10)), token(1032, OptionalLong.of(20)));

        assertThat(new TokenTimes(burst).nanos()).containsExactly(1012L, 1022L, 1032L);
    }

    @Test
    void countFromTheirArrivalWhereTheServerIsSilentAboutOne() {
        List<Completion.Token> tokens = List.of(token(1000, OptionalLong.of(0)), token(1020, OptionalLong.empty()));

        assertThat(new TokenTimes(tokens).nanos()).containsExactly(1000L, 1020L);
    }
}
