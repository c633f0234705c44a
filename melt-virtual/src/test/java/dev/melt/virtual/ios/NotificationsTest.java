package dev.melt.virtual.ios;

import static dev.melt.virtual.ios.wire.Plists.dict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.virtual.ios.VirtualIphone.Options;
import dev.melt.virtual.ios.service.TlsUse;
import dev.melt.virtual.ios.wire.PlistWire;
import dev.melt.virtual.ios.wire.Plists;
import org.junit.jupiter.api.Test;

/** What hosts are told of that they asked for. */
class NotificationsTest extends WithIphones {
    private static final String NAME = "org.melt.happened";

    @Test
    void aHostIsToldOfWhatHappensSinceItHasStartedTheService() throws Exception {
        VirtualIphone phone = start(Options.PLAIN.withTls(TlsUse.NOWHERE));
        try (HostConnection slow = service(phone);
                HostConnection other = service(phone)) {
            observe(other);
            new PlistWire(other).write(dict("Command", "PostNotification", "Name", NAME));
            assertThat(told(other)).isEqualTo("RelayNotification");
            observe(slow);
            assertThat(told(slow)).as("asked for it late").isEqualTo("RelayNotification");

            try (HostConnection after = service(phone)) {
                observe(after);
                new PlistWire(after).write(dict("Command", "Shutdown"));
                assertThat(told(after)).as("was not there").isEqualTo("ProxyDeath");
            }
        }
    }

    private static HostConnection service(VirtualIphone phone) throws Exception {
        return HostConnection.service(phone, "com.apple.mobile.notification_proxy");
    }

    private static void observe(HostConnection host) throws Exception {
        new PlistWire(host).write(dict("Command", "ObserveNotification", "Name", NAME));
    }

    private static String told(HostConnection host) throws Exception {
        return Plists.text(new PlistWire(host).read().orElseThrow(), "Command").orElseThrow();
    }
}
