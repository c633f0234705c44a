package dev.melt.ios.mux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.problem.InvalidInputException;
import java.net.UnixDomainSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsbmuxAddressTest {
    private static UsbmuxAddress of(String text) {
        return UsbmuxAddress.of(Map.of(UsbmuxAddress.VARIABLE, text));
    }

    @Test
    void readsBothForms() {
        assertThat(of("UNIX:/tmp/mux").address()).isEqualTo(UnixDomainSocketAddress.of("/tmp/mux"));
        assertThat(of("127.0.0.1:27015").address()).hasToString("/127.0.0.1:27015");
        assertThat(of("[::1]:27015").address()).hasToString("/[0:0:0:0:0:0:0:1]:27015");
    }

    @Test
    void takesTheUsualSocketWhereNothingIsSaid() {
        assertThat(UsbmuxAddress.of(Map.of()).address())
                .isEqualTo(UnixDomainSocketAddress.of("/var/run/usbmuxd"))
                .isEqualTo(of(" ").address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNIX:", "localhost", "localhost:", "a:b:1", "127.0.0.1:65536", "127.0.0.1:123456"})
    void refusesWhatIsNeither(String text) {
        assertThatThrownBy(() -> of(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("UNIX:/path or host:port expected");
    }
}
