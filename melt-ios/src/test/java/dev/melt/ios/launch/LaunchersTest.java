package dev.melt.ios.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.Unauthorised;
import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.ios.link.PhoneLink;
import dev.melt.ios.mux.Usbmux;
import dev.melt.ios.mux.UsbmuxAddress;
import dev.melt.ios.tool.IdeviceTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which way to start an app is taken, and what is made of its complaints. */
class LaunchersTest {
    private static final AgentApp APP =
            new AgentApp("dev.melt.agent", "/data", Optional.of("/app/MeltAgent"), "MeltAgent");

    @TempDir
    Path bin;

    private Optional<Launcher> choose(String ios, Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(Map.of("PATH", bin.toString()));
        environment.putAll(more);
        PhoneLink link = new PhoneLink(new Usbmux(UsbmuxAddress.of(Map.of())), "UDID", "phone");
        return Launchers.choose(ios, link, new IdeviceTool(environment));
    }

    private Path program(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    @Test
    void takesTheDebugserverUpToIos16() {
        assertThat(choose("13.3.1", Map.of())).get().extracting(Launcher::name).isEqualTo("debugserver");
        assertThat(choose("16.7", Map.of())).get().extracting(Launcher::name).isEqualTo("debugserver");
    }

    @Test
    void takesTheSurestProgramFromIos17On() throws IOException {
        assertThat(choose("17.0", Map.of())).isEmpty();
        program("ios", "exit 0");
        assertThat(choose("17.0", Map.of())).get().extracting(Launcher::name).isEqualTo("go-ios");
        program("pymobiledevice3", "exit 0");
        assertThat(choose("26.1", Map.of())).get().extracting(Launcher::name).isEqualTo("pymobiledevice3");
        program("xcrun", "exit 0");
        assertThat(choose("26.1", Map.of())).get().extracting(Launcher::name).isEqualTo("devicectl");
        assertThat(choose("17.4", Map.of(Launchers.VARIABLE, "go-ios")))
                .get()
                .extracting(Launcher::name)
                .isEqualTo("go-ios");
    }

    @Test
    void refusesALauncherThatIsNotThere() {
        assertThatThrownBy(() -> choose("17.4", Map.of(Launchers.VARIABLE, "go-ios")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("debugserver, devicectl, pymobiledevice3, go-ios");
        assertThatThrownBy(() -> choose("17.4", Map.of(Launchers.VARIABLE, "xyz")))
                .hasMessageContaining("found 'xyz'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xcrun | devicectl device process launch --device UDID --terminate-existing dev.melt.agent",
                "pymobiledevice3 | developer dvt launch --udid UDID dev.melt.agent",
                "ios | launch dev.melt.agent --kill-existing --udid=UDID"
            })
    void callsTheProgramWithTheBundle(String name, String arguments) throws IOException {
        Path said = bin.resolve("said");
        program(name, "echo \"$@\" >" + said);

        assertThat(choose("17.4", Map.of()).orElseThrow().launch(APP)).isEmpty();

        assertThat(said).hasContent(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BSErrorCodeDescription = Locked | LOCKED",
                "failed to get the task for process 345 | NOT_ALLOWED",
                "has an invalid code signature, inadequate entitlements or its profile has not been explicitly trusted by the user | NOT_ALLOWED",
                "Locked | LOCKED",
                "something that nobody has a name for | OTHER"
            })
    void namesWhatARefusalMeans(String words, LaunchRefusal.Kind kind) {
        assertThat(LaunchRefusal.of(words, 1).kind()).isEqualTo(kind);
    }

    @Test
    void waitsForWhatAPersonCanMendMeanwhile() {
        assertThat(new LaunchRefusal(LaunchRefusal.Kind.LOCKED, "Locked").asException("phone"))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("unlock it");
        assertThat(new LaunchRefusal(LaunchRefusal.Kind.TRANSIENT, "22").asException("phone"))
                .isInstanceOf(LinkLost.class);
        assertThat(new LaunchRefusal(LaunchRefusal.Kind.NOT_ALLOWED, "no").asException("phone"))
                .isInstanceOf(Unauthorised.class);
    }
}
