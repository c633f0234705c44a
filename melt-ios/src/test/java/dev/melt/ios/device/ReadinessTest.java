package dev.melt.ios.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.melt.core.device.Check;
import dev.melt.core.device.Device;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.virtual.ios.IphoneRemote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between a phone and a run, and the words for it. */
@TestInstance(Lifecycle.PER_CLASS)
class ReadinessTest {
    private static final Path PAGE =
            Path.of(System.getProperty("melt.repo", "..")).resolve("docs/reference/iphones.md");

    private TestIphone phone;
    private final UsbmuxDriverProvider provider = new UsbmuxDriverProvider();

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        phone = TestIphone.start("iphone14pro", folder, TestIphone::quick, Map.of());
    }

    @BeforeAll
    static void requireTools() {
        TestIphone.requireTools();
    }

    @AfterAll
    void end() throws IOException {
        phone.close();
    }

    @AfterEach
    void mend() {
        say("lock open; trust accepted; developer-mode on; image on; expired off; entitled on; task on; ios 16.5");
        phone.pair();
    }

    private void say(String words) {
        assertThat(new IphoneRemote(phone.phone()).obey(words)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trust pending",
                "trust denied",
                "unpair",
                "lock boot",
                "developer-mode off",
                "image off",
                "expired on",
                "task off",
                "ios 17.4"
            })
    void saysWhatStandsInTheWay(String words) throws IOException {
        if (words.startsWith("trust")) {
            phone.unpair();
        }
        say(words);

        Map<String, String> facts = provider.discover(phone.context()).get(0).facts();
        String finding = facts.getOrDefault("state", "");
        String remedy = facts.getOrDefault("remedy", "");

        assertThat(PAGE).content().contains("| `" + withoutTime(finding) + "` | `" + remedy + "` |");
        assertThatThrownBy(phone::open)
                .isInstanceOf(InvalidInputException.class)
                .extracting(Throwable::getMessage, STRING)
                .contains(withoutTime(finding).replace("TIME", ""))
                .contains(remedy);
    }

    private static String withoutTime(String words) {
        return words.replaceAll("[0-9-]{10}T[0-9:.]+Z", "TIME");
    }

    @Test
    void saysThatTheAppIsMissing(@TempDir Path folder) throws IOException {
        try (TestIphone bare = TestIphone.start("iphone14pro", folder, options -> options.withApps(), Map.of())) {
            bare.pair();

            Map<String, String> facts = provider.discover(bare.context()).get(0).facts();

            assertThat(PAGE).content().contains("| `" + facts.get("state") + "` | `" + facts.get("remedy") + "` |");
            assertThat(facts.get("state")).isEqualTo("MELT's app is not installed");
        }
    }

    @Test
    void warnsOfLittleMemoryAndStandsInNobodysWay() {
        say("entitled off");

        assertThat(provider.examine(phone.context()))
                .filteredOn(check -> check.subject().endsWith(" memory"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.state()).isEqualTo(Check.State.LIMITED);
                    assertThat(check.found()).contains("no increased-memory entitlement");
                });
        assertThat(provider.discover(phone.context()).get(0).facts())
                .containsEntry("state", "device")
                .containsEntry("called", "Virtual iPhone")
                .hasEntrySatisfying("remedy", words -> assertThat(words).contains("no increased-memory entitlement"));
        try (var driver = phone.open()) {
            assertThat(driver.device().facts())
                    .containsEntry("app_increased_memory", "no")
                    .as("its owner's name for it is no part of a run")
                    .doesNotContainKey("called");
        }
    }

    @Test
    void walksTheWholeListOfAPhoneThatIsReady() {
        List<String> subjects = new ArrayList<>();
        for (Check check : provider.examine(phone.context())) {
            assertThat(check.state()).as(check.toString()).isEqualTo(Check.State.GOOD);
            subjects.add(check.subject().replace(phone.phone().udid() + " ", ""));
        }
        assertThat(subjects)
                .containsSubsequence("usbmuxd", "pairing", "developer mode", "developer image", "app", "signature");
        Device device = provider.discover(phone.context()).get(0);
        assertThat(device.virtual()).isTrue();
        assertThat(device.facts())
                .containsEntry("model", "iPhone 14 Pro")
                .containsEntry("ios", "16.5")
                .containsEntry("state", "device")
                .doesNotContainKey("remedy");
    }

    @Test
    void saysThatNoUsbmuxdRuns() {
        Map<String, String> environment = Map.of("PATH", "/usr/bin", "USBMUXD_SOCKET_ADDRESS", "127.0.0.1:1");
        var context = new dev.melt.core.device.DriverContext(Path.of("/nonexistent"), environment);

        assertThat(provider.discover(context)).isEmpty();
        assertThat(provider.examine(context))
                .last()
                .satisfies(check -> assertThat(check.found()).isEqualTo("no usbmuxd answers at 127.0.0.1:1"));
        assertThatThrownBy(() -> provider.open(phone.phone().udid(), context))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a running usbmuxd needed");
    }

    @Test
    void saysWhichPhonesAreThereWhenAnotherIsMeant() {
        assertThatThrownBy(() -> provider.open("00008030-0000000000000000", phone.context()))
                .hasMessageContaining("attached: " + phone.phone().udid());
        phone.phone().plug(false);
        try {
            assertThatThrownBy(phone::open).hasMessageContaining("no iPhone or iPad is attached");
        } finally {
            phone.phone().plug(true);
        }
    }
}
