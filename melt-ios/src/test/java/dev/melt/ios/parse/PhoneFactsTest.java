package dev.melt.ios.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.SavedFormat;
import dev.melt.ios.parse.InstalledApps.App;
import dev.melt.ios.parse.IphoneModels.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a phone says of itself, of its apps and of how they ended, as a driver asks for it. */
class PhoneFactsTest {
    @TempDir
    Path folder;

    @Test
    void givesValuesByKey() throws UnknownOutputException {
        IdeviceInfo info = IdeviceInfo.read(Saved.example("ideviceinfo"));

        assertThat(info.text("ProductType")).contains("iPhone15,2");
        assertThat(info.number("ChipID")).hasValue(33056);
        assertThat(info.decimal("TimeIntervalSince1970")).hasValue(1700000000.25);
        assertThat(info.flag("PasswordProtected")).contains(true);
        assertThat(info.items("SupportedDeviceFamilies")).containsExactly("1", "2");
        assertThat(info.text("NonVolatileRAM.auto-boot")).contains("dHJ1ZQ==");
        assertThat(info.text("NoSuchKey")).isEmpty();
    }

    @Test
    void takesNoValuesOutOfATreeForThoseOfThePhone() throws UnknownOutputException {
        IdeviceInfo info = IdeviceInfo.read("""
                ProductType: iPhone9,1
                CarrierBundleInfoArray[1]:\s
                 0:\s
                  ProductType: none
                ProductVersion: 13.3.1
                """);

        assertThat(info.text("ProductType")).contains("iPhone9,1");
        assertThat(info.text("ProductVersion")).contains("13.3.1");
        assertThat(info.lists())
                .containsEntry("CarrierBundleInfoArray", List.of(new TreeMap<>(Map.of("ProductType", "none"))));
    }

    @Test
    void readsTheAnswersOfNotedCalls() throws UnknownOutputException {
        IdeviceInfo info = IdeviceInfo.read("""
                $ ideviceinfo -k ProductVersion
                16.5
                --- exit code: 0 (took .1s) ---
                $ ideviceinfo -k NoSuchKey
                --- exit code: 0 (took .1s) ---
                $ ideviceinfo -u X -q com.apple.mobile.battery
                BatteryCurrentCapacity: 72
                --- exit code: 0 (took .1s) ---
                """);

        assertThat(info.values())
                .containsExactly(Map.entry("BatteryCurrentCapacity", "72"), Map.entry("ProductVersion", "16.5"));
    }

    @Test
    void knowsAProductByItsType() {
        assertThat(IphoneModels.of("iPhone15,2"))
                .hasValueSatisfying(model -> assertThat(model)
                        .isEqualTo(new Model("iPhone15,2", "iPhone 14 Pro", "A16 Bionic", OptionalLong.of(6L << 30))));
        assertThat(IphoneModels.of("iPhone99,9")).isEmpty();
        assertThat(IphoneModels.of("iPad13,4").orElseThrow().memoryBytes()).isEmpty();
        assertThat(IphoneModels.all()).hasSizeGreaterThan(70);
    }

    @Test
    void listsAppsWithAllThatIsKnownOfThem() throws UnknownOutputException {
        InstalledApps apps = InstalledApps.read(Saved.fixture("ideviceinstaller/1.1.1/xml.txt"));
        App bench = apps.named("org.example.bench").orElseThrow();

        assertThat(bench.name()).contains("Bench & more");
        assertThat(bench.info()).containsEntry("MinimumOSVersion", "15.0");
        assertThat(apps.named("org.example.none")).isEmpty();
    }

    @Test
    void listsAppsInTheOlderForm() throws UnknownOutputException {
        assertThat(InstalledApps.read("Total: 2 apps\norg.example.bench - My Bench 12\ncom.apple.Maps - Maps 1.0\n")
                        .apps())
                .containsExactly(
                        new App("org.example.bench", Optional.of("12"), Optional.of("My Bench"), Map.of()),
                        new App("com.apple.Maps", Optional.of("1.0"), Optional.of("Maps"), Map.of()));
    }

    @Test
    void believesInAnInstallationOnlyWhereItIsComplete() throws UnknownOutputException {
        String begin = "Installing 'org.example.bench'\n\rInstall: VerifyingApplication (40%)\n";

        assertThat(InstallLog.read(begin).complete()).isFalse();
        assertThat(InstallLog.read(begin + "\rInstall: Complete\n").complete()).isTrue();
        assertThat(InstallLog.read(begin + "ERROR: Install failed.\n").error()).isPresent();
    }

    @Test
    void readsAFileThatWasWrittenForATerminal() throws IOException, UnknownOutputException {
        SavedFormat format = new IosFormats()
                .formats().stream()
                        .filter(one -> one.kind().equals("ideviceinstaller"))
                        .findFirst()
                        .orElseThrow();
        Path file = Files.writeString(
                folder.resolve("install.txt"),
                "\u001b[32mInstalling 'org.example.bench'\u001b[0m\n\rInstall: Complete\n");

        assertThat(format.read(file).skipped()).isZero();
        assertThat(((ParsedTelemetry) format.read(file)).facts()).containsKey("complete");
        assertThatThrownBy(() -> format.read(folder))
                .hasMessageContaining("ideviceinstaller: the text of one source expected");
        assertThatThrownBy(() -> format.read(Files.writeString(file, "\rnothing\n")))
                .hasMessageContaining("ideviceinstaller: 'CFBundleIdentifier");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "App terminated due to signal 15. | APP_SIGNAL | false",
                "ERROR: x (com.apple.dt.CoreDeviceError error 10002 (0x2712))~BSErrorCodeDescription = Security | LAUNCH_DENIED | false",
                "ERROR: x (com.apple.dt.CoreDeviceError error 10002 (0x2712))~Invalid argument (NSPOSIXErrorDomain error 22 (0x16)) | LAUNCHER_TRANSIENT | true",
                "ERROR: Connection was invalidated (com.apple.CoreDevice.ControlChannelConnectionError error 1 (0x01)) | DEVICE_LOST | false",
                "ERROR: The specified device was not found. (com.apple.dt.CoreDeviceError error 1000 (0x3E8)) | NO_DEVICE | false",
                "ERROR: something new (com.apple.dt.CoreDeviceError error 4 (0x04)) | OTHER | false"
            })
    void tellsWhyDevicectlFailed(String lines, Devicectl.Kind kind, boolean retry) throws UnknownOutputException {
        Devicectl launch = Devicectl.read("Acquired usage assertion.\n" + lines.replace("~", "\n") + "\n");

        assertThat(launch.kind()).isEqualTo(kind);
        assertThat(launch.retry()).isEqualTo(retry);
    }

    @Test
    void tellsTheEndOfAnAppFromThatOfItsTool() {
        AppRun hung = AppRun.of("LOAD ok\nWARNING: 00\nExiting...\n", 124);
        AppRun refused = AppRun.of("ERROR: Locked\n", 255);

        assertThat(hung.status()).hasValue(0);
        assertThat(hung.hung()).isTrue();
        assertThat(hung.error()).isEmpty();
        assertThat(hung.lines()).containsExactly("LOAD ok");
        assertThat(refused.launched()).isFalse();
        assertThat(refused.error().orElseThrow().kind()).isEqualTo(ToolError.Kind.LOCKED);
    }

    @Test
    void tellsWhoWasEndedAndWhy() throws UnknownOutputException {
        Jetsam log = Jetsam.read(Saved.fixture("jetsam/ios15/syslog.txt"));

        assertThat(log.named("Bench"))
                .singleElement()
                .satisfies(victim -> assertThat(victim.words())
                        .isEqualTo("iOS ended Bench (pid 812), which had 2199912448 B in memory"
                                + " and may have 2199912448 B: per-process-limit"));
    }

    @Test
    void takesAWarningForNoDeath() throws UnknownOutputException {
        assertThat(Jetsam.read("kernel\tprocess Bench[812] exceeded mem limit: ActiveSoft 2098 MB (non-fatal)\n")
                        .victims())
                .isEmpty();
    }

    @Test
    void readsTheReportOfACrash() throws UnknownOutputException {
        String report = """
                {"app_name":"Bench","timestamp":"2026-11-20 21:04:05.00 +0100","bug_type":"309","name":"Bench"}
                {
                  "procName" : "Bench",
                  "pid" : 812,
                  "exception" : {"codes":"0x0, 0x0","type":"EXC_CRASH","signal":"SIGABRT"},
                  "termination" : {"flags":0,"code":6,"namespace":"SIGNAL","indicator":"Abort trap: 6"}
                }
                """;
        CrashReport crash = CrashReport.read(report);

        assertThat(crash.words()).isEqualTo("Bench (pid 812) crashed: EXC_CRASH (SIGABRT), SIGNAL: Abort trap: 6");
        assertThat(crash.seconds()).hasValue(1795205045);
        assertThatThrownBy(() -> Jetsam.read(report)).hasMessageContaining("\"bug_type\":\"298\"");
        assertThatThrownBy(() -> CrashReport.read(report.substring(0, 150))).hasMessageContaining("breaks off");
    }
}
