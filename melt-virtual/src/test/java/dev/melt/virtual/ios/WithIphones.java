package dev.melt.virtual.ios;

import static org.awaitility.Awaitility.await;

import dev.melt.testkit.DebianPackage;
import dev.melt.virtual.ios.VirtualIphone.Options;
import dev.melt.virtual.ios.device.IphoneProfiles;
import dev.melt.virtual.ios.mux.Usbmuxd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Phones that are started for one test, behind a usbmuxd of its own. */
abstract class WithIphones {
    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    Usbmuxd usbmuxd;
    RealIdevice tools;

    @BeforeAll
    static void needParts() {
        DebianPackage.require("libimobiledevice-utils", "idevice_id");
        DebianPackage.require("ideviceinstaller");
    }

    @BeforeEach
    void begin() throws Exception {
        usbmuxd = new Usbmuxd(folder.resolve("host"));
        tools = new RealIdevice(folder.resolve("tools"), usbmuxd.environment());
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        usbmuxd.close();
    }

    /** A phone that is paired with the host. */
    VirtualIphone start(String profile, Options options) throws Exception {
        Path files = folder.resolve(profile + "-" + options.seed());
        HostPairing.get().toPhone(files);
        VirtualIphone phone = startNew(profile, options);
        HostPairing.get().toHost(folder.resolve("host"), phone.udid());
        return phone;
    }

    /** A phone that no host has seen, unless it was there before. */
    VirtualIphone startNew(String profile, Options options) throws Exception {
        Path files = folder.resolve(profile + "-" + options.seed());
        VirtualIphone phone = VirtualIphone.start(IphoneProfiles.named(profile), options, files, usbmuxd);
        open.add(phone);
        return phone;
    }

    /** The usual one. */
    VirtualIphone start(Options options) throws Exception {
        return start("iphone14pro", options);
    }

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }

    /** Does what words say, and is sure that it was done. */
    static void remote(VirtualIphone phone, String words) {
        List<String> problems = new IphoneRemote(phone).obey(words);
        if (!problems.isEmpty()) {
            throw new AssertionError(String.join("; ", problems));
        }
    }
}
