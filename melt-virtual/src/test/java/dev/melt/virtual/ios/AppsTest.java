package dev.melt.virtual.ios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.dd.plist.NSArray;
import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.VirtualIphone.Options;
import dev.melt.virtual.ios.service.TlsUse;
import dev.melt.virtual.ios.wire.Plists;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What is installed, and how that changes, with the real ideviceinstaller. */
class AppsTest extends WithIphones {
    private static final Options PLAIN = Options.PLAIN.withTls(TlsUse.NOWHERE);
    private static final ScriptApp BENCH = ScriptApp.bench("true");

    @Test
    void listsApps() throws Exception {
        start(PLAIN.withApps(BENCH));

        assertThat(tools.run("ideviceinstaller", "-l")).isEqualTo(new RealIdevice.Said(0, """
                CFBundleIdentifier, CFBundleVersion, CFBundleDisplayName
                org.melt.bench, "12", "Bench"
                """, ""));
        assertThat(tools.out("ideviceinstaller", "-l", "-o", "list_system"))
                .contains("com.apple.Preferences, \"1\", \"Preferences\"")
                .doesNotContain("org.melt");
        NSArray all = (NSArray) Plists.parse(
                tools.out("ideviceinstaller", "-l", "-o", "xml").strip().getBytes(UTF_8));
        NSDictionary app = (NSDictionary) all.objectAtIndex(0);
        assertThat(all.count()).isEqualTo(1);
        assertThat(Plists.number(app, "MeltAgent")).hasValue(1);
        assertThat(Plists.texts(app, "MeltCan")).containsExactly("chat");
        assertThat(Plists.text(app, "SignerIdentity").orElseThrow()).startsWith("Apple Development: ");
        assertThat(Plists.dictAt(app, "Entitlements").allKeys())
                .contains("get-task-allow", "com.apple.developer.kernel.increased-memory-limit");
        assertThat(Plists.text(app, "Path").orElseThrow()).endsWith("/Bench.app");
    }

    @Test
    void installsAndRemovesOne() throws Exception {
        VirtualIphone phone = start(PLAIN);
        Path archive = ipa(ScriptApp.BENCH);

        RealIdevice.Said said = tools.run("ideviceinstaller", "-w", "-i", archive.toString());
        assertThat(said.exitCode()).isZero();
        assertThat(said.out().replace('\r', '\n').lines().filter(line -> !line.isEmpty()))
                .containsExactly(
                        "Copying '" + archive + "' to device... DONE.",
                        "Installing 'org.melt.bench'",
                        "Install: CreatingStagingDirectory (5%)",
                        "Install: ExtractingPackage (15%)",
                        "Install: InspectingPackage (20%)",
                        "Install: VerifyingApplication (40%)",
                        "Install: InstallingApplication (60%)",
                        "Install: GeneratingApplicationMap (90%)",
                        "Install: Complete");
        assertThat(said.err()).isEqualTo("""
                        WARNING: could not locate iTunesMetadata.plist in archive!
                        WARNING: could not locate Payload/Bench.app/SC_Info/Bench.sinf in archive!
                        """);
        Path documents = phone.documents(ScriptApp.BENCH);
        Files.writeString(documents.resolve("kept"), "");
        tools.run("ideviceinstaller", "-i", archive.toString());
        assertThat(documents.resolve("kept")).exists();

        assertThat(tools.out("ideviceinstaller", "-U", ScriptApp.BENCH)).contains("Uninstall: Complete");
        assertThat(documents).doesNotExist();
        assertThat(tools.out("ideviceinstaller", "-l")).doesNotContain("org.melt");
    }

    @Test
    void anAppThatNobodyKnowsHereDoesNothing() throws Exception {
        start(PLAIN);
        tools.run("ideviceinstaller", "-i", ipa("org.other").toString());

        assertThat(tools.out("ideviceinstaller", "-l")).contains("org.other, \"3\", \"org.other\"");
        assertThat(tools.out("idevicedebug", "run", "org.other"))
                .startsWith("ERROR: No such file or directory (org.other was not built for this machine)");
    }

    @Test
    void runsAProgramThatWasBuiltForThisMachine() throws Exception {
        VirtualIphone phone = start(PLAIN.withWords("thermal 2"));
        Path archive = ipa("org.script", """
                #!/bin/sh
                cat "$MELT_PHONE" >"$HOME/Documents/phone"
                cat "$(dirname "$0")/Info.plist" >"$HOME/Documents/info"
                exit 7
                """);
        tools.run("ideviceinstaller", "-i", archive.toString());

        assertThat(phone.launch("org.script").ended().get(30, TimeUnit.SECONDS)).isEqualTo(7);

        assertThat(phone.documents("org.script").resolve("info")).content().contains("org.script");
        assertThat(phone.documents("org.script").resolve("phone"))
                .content()
                .contains("thermal_state=2\n", "plugged=1\n")
                .containsPattern("boot_id=[0-9A-F-]{36}\n")
                .containsPattern("battery_level=0\\.[0-9]{3}\n")
                .containsPattern("available=[1-9][0-9]+\n");
        Path programs = programsOf("org.script");
        assertThat(programs).isDirectoryContaining(path -> path.endsWith("Bench"));
        tools.run("ideviceinstaller", "-U", "org.script");
        assertThat(programs).doesNotExist();
    }

    private Path programsOf(String bundleId) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.endsWith("Info.plist"))
                    .map(Path::getParent)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(bundleId));
        }
    }

    @Test
    void refusesWhatCannotBeInstalled() throws Exception {
        VirtualIphone phone = start(PLAIN.withData(100_000).withWords("expired on"));
        Path archive = ipa("org.other");

        assertThat(tools.run("ideviceinstaller", "-i", archive.toString()).err())
                .contains("ERROR: Install failed. Got error \"ApplicationVerificationFailed\" with code 0xe8008011:");
        remote(phone, "expired off; fill 100");
        RealIdevice.Said full =
                tools.run("ideviceinstaller", "-i", ipa("org.more").toString());
        assertThat(full.err()).contains("AFC Write error: 18");
        assertThat(full.exitCode()).as("although it failed").isZero();
    }

    @Test
    void tellsOfProvisioningProfiles() throws Exception {
        VirtualIphone phone = start(PLAIN.withApps(BENCH).withWords("entitled off"));
        Path copies = Files.createDirectory(folder.resolve("profiles"));

        assertThat(tools.out("ideviceprovision", "list"))
                .startsWith("Device has 1 provisioning profile installed:\n")
                .contains(" - iOS Team Provisioning Profile: org.melt.bench\n");
        assertThat(tools.out("ideviceprovision", "copy", copies.toString())).contains(" => ");
        Path copy;
        try (var files = Files.list(copies)) {
            copy = files.findFirst().orElseThrow();
        }
        NSDictionary profile = dump(copy);
        assertThat(Plists.text(Plists.dictAt(profile, "Entitlements"), "application-identifier"))
                .contains("FAKETEAM01.org.melt.bench");
        assertThat(Plists.dictAt(profile, "Entitlements").allKeys())
                .doesNotContain("com.apple.developer.kernel.increased-memory-limit");
        assertThat(Plists.value(profile, "ExpirationDate").orElseThrow().toString())
                .isGreaterThan(phone.clock().instant().toString());

        String id = Plists.text(profile, "UUID").orElseThrow();
        assertThat(tools.out("ideviceprovision", "remove", id)).contains("removed");
        assertThat(tools.out("ideviceprovision", "list")).contains("Device has 0 provisioning profiles");
        assertThat(tools.out("ideviceprovision", "install", copy.toString())).contains("installed successfully");
        assertThat(tools.out("ideviceprovision", "list")).contains(id);
    }

    private NSDictionary dump(Path profile) throws Exception {
        return Plists.parseDict(tools.out("ideviceprovision", "-x", "dump", profile.toString())
                .strip()
                .getBytes(UTF_8));
    }

    /** Without a program. */
    private Path ipa(String bundleId) throws IOException {
        return ipa(bundleId, "");
    }

    private Path ipa(String bundleId, String program) throws IOException {
        Path archive = folder.resolve(bundleId + ".ipa");
        try (OutputStream file = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry("Payload/Bench.app/Info.plist"));
            zip.write(Plists.xml(Plists.dict(
                    "CFBundleIdentifier", bundleId, "CFBundleExecutable", "Bench", "CFBundleVersion", "3")));
            zip.closeEntry();
            if (!program.isEmpty()) {
                zip.putNextEntry(new ZipEntry("Payload/Bench.app/Bench"));
                zip.write(program.getBytes(UTF_8));
                zip.closeEntry();
            }
        }
        return archive;
    }
}
