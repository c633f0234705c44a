package dev.melt.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.core.file.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BundlesTest {
    private static final Device PHONE = device(Platform.ANDROID, Map.of("abi", "arm64-v8a,armeabi-v7a"));
    private static final Device JETSON = device(Platform.JETSON, Map.of("arch", "aarch64"));
    private static final Bundle FOR_PHONES = bundle("phone", "llama.cpp", Abi.ARM64_ANDROID);
    private static final Bundle FOR_BOARDS = bundle("board", "llama.cpp", Abi.AARCH64_LINUX);
    private static final Bundle OTHER = bundle("other", "mnn", Abi.ARM64_ANDROID);
    private static final Bundles ALL = new Bundles(List.of(FOR_PHONES, FOR_BOARDS, OTHER), Optional.empty());

    private static Device device(Platform platform, Map<String, String> facts) {
        return new Device("d", platform, "s", true, facts);
    }

    private static Bundle bundle(String name, String engine, Abi abi) {
        Bundle.BundleFile file = new Bundle.BundleFile("bin/run", Path.of("/x/bin/run"), "", true);
        return new Bundle(name, engine, "1", abi.word(), "cpu", Sha256.of(name), List.of(file), Map.of(), Map.of());
    }

    @Test
    void takesTheOneThatTheDeviceRuns() {
        assertThat(ALL.fitting("llama.cpp", PHONE)).isEqualTo(FOR_PHONES);
        assertThat(ALL.fitting("llama.cpp", JETSON)).isEqualTo(FOR_BOARDS);
    }

    @Test
    void takesScriptsEverywhereAndJarsWhereThereIsJava() {
        Bundle script = bundle("script", "e", Abi.ANY);
        Bundle jar = bundle("jar", "f", Abi.JVM);
        Bundles bundles = new Bundles(List.of(script, jar), Optional.empty());

        assertThat(bundles.fitting("e", PHONE)).isEqualTo(script);
        assertThatThrownBy(() -> bundles.fitting("f", PHONE))
                .hasMessageContaining("for arm64-v8a or armeabi-v7a expected");
        assertThat(bundles.fitting("f", device(Platform.LINUX, Map.of("abi", "x86_64-linux", "java", "java"))))
                .isEqualTo(jar);
    }

    @Test
    void saysWhyABundleThatWasAskedForDoesNotFit() {
        assertThatThrownBy(() -> ALL.asking("board").fitting("llama.cpp", PHONE))
                .hasMessageContaining("it is for aarch64-linux");
        assertThatThrownBy(() -> ALL.asking("other").fitting("llama.cpp", PHONE))
                .hasMessageContaining("it is one of mnn");
        assertThatThrownBy(() -> ALL.asking("phone2").fitting("llama.cpp", PHONE))
                .hasMessageContaining("did you mean phone?");
    }

    @Test
    void saysWhatThereIsWhenNoneFits() {
        Device pc = device(Platform.LINUX, Map.of("abi", "x86_64-linux"));

        assertThatThrownBy(() -> ALL.fitting("llama.cpp", pc))
                .hasMessageContaining("a bundle for x86_64-linux expected")
                .hasMessageContaining("board (aarch64-linux, cpu), phone (arm64-v8a, cpu)");
        assertThatThrownBy(() -> ALL.fitting("genie", pc)).hasMessageContaining("none is there");
    }

    @Test
    void wantsAChoiceAmongSeveral() {
        Bundles two =
                new Bundles(List.of(FOR_PHONES, bundle("second", "llama.cpp", Abi.ARM64_ANDROID)), Optional.empty());

        assertThatThrownBy(() -> two.fitting("llama.cpp", PHONE)).hasMessageContaining("choose with --bundle");
        assertThat(two.asking(FOR_PHONES.sha256()).fitting("llama.cpp", PHONE)).isEqualTo(FOR_PHONES);
    }

    @Test
    void passesNothingOverOnADeviceOfWhichNothingIsKnown() {
        assertThat(ALL.fitting("mnn", device(Platform.ANDROID, Map.of()))).isEqualTo(OTHER);
    }

    @Test
    void putsTheFolderIntoTheEnvironment() {
        Bundle bundle = new Bundle(
                "n", "e", "1", "any", "cpu", "", FOR_PHONES.files(), Map.of("P", "{bundle}/lib:{bundle}"), Map.of());

        assertThat(bundle.environmentIn("/w")).containsExactly(Map.entry("P", "/w/lib:/w"));
        assertThat(bundle.hostFolder()).isEqualTo(Path.of("/x"));
    }
}
