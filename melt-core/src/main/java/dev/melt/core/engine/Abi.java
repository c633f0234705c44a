package dev.melt.core.engine;

import static java.util.Objects.requireNonNull;

import dev.melt.core.binary.Machine;
import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What programs can be built for, by the word in {@code bundle.yaml} and in a device's fact {@code abi}. */
public enum Abi {
    X86_64_LINUX("x86_64-linux", Machine.X86_64, Platform.LINUX),
    AARCH64_LINUX("aarch64-linux", Machine.AARCH64, Platform.LINUX),
    ARM_LINUX("arm-linux", Machine.ARM, Platform.LINUX),
    RISCV64_LINUX("riscv64-linux", Machine.RISCV, Platform.LINUX),
    ARM64_ANDROID("arm64-v8a", Machine.AARCH64, Platform.ANDROID),
    ARM_ANDROID("armeabi-v7a", Machine.ARM, Platform.ANDROID),
    X86_64_ANDROID("x86_64", Machine.X86_64, Platform.ANDROID),
    X86_ANDROID("x86", Machine.X86, Platform.ANDROID),
    ARM64_IOS("arm64-ios", Machine.AARCH64, Platform.IOS),
    ARM64_MACOS("arm64-macos", Machine.AARCH64, Platform.MACOS),
    X86_64_MACOS("x86_64-macos", Machine.X86_64, Platform.MACOS),
    /** Runs wherever there is a Java machine. */
    JVM("jvm"),
    /** Scripts alone. */
    ANY("any");

    private final String word;
    private final Optional<Machine> machine;
    private final Optional<Platform> platform;

    Abi(String word, Machine machine, Platform platform) {
        this.word = requireNonNull(word);
        this.machine = Optional.of(machine);
        this.platform = Optional.of(platform);
    }

    Abi(String word) {
        this.word = word;
        this.machine = Optional.empty();
        this.platform = Optional.empty();
    }

    /** The one with this word. */
    public static Optional<Abi> of(String word) {
        return Arrays.stream(values()).filter(abi -> abi.word.equals(word)).findFirst();
    }

    /** The one of a processor under a system. A Jetson is a Linux. */
    public static Optional<Abi> of(Machine machine, Platform platform) {
        Platform system = platform == Platform.JETSON ? Platform.LINUX : platform;
        return Arrays.stream(values())
                .filter(abi -> abi.machine.equals(Optional.of(machine)) && abi.platform.equals(Optional.of(system)))
                .findFirst();
    }

    /** The one of a system and a processor as Java, {@code uname -m} and Android name it. */
    public static Optional<Abi> of(String processor, Platform platform) {
        String name = processor.toLowerCase(Locale.ROOT);
        Optional<Machine> machine = Optional.ofNullable(
                switch (name) {
                    case "x86_64", "amd64" -> Machine.X86_64;
                    case "aarch64", "arm64", "arm64e", "armv8l" -> Machine.AARCH64;
                    case "arm", "armv7l", "armv7" -> Machine.ARM;
                    case "i386", "i486", "i586", "i686", "x86" -> Machine.X86;
                    case "riscv64" -> Machine.RISCV;
                    default -> null;
                });
        return machine.flatMap(known -> of(known, platform));
    }

    /** That of the machine on which this Java runs. */
    public static Optional<Abi> ofThisHost() {
        boolean mac = System.getProperty("os.name", "").startsWith("Mac");
        return of(System.getProperty("os.arch", ""), mac ? Platform.MACOS : Platform.LINUX);
    }

    /**
     * Words of what a device runs: its fact {@code abi}, which may hold several with commas between, else what its fact
     * {@code arch} means on its platform. Empty when neither is known.
     */
    public static Set<String> wordsOf(Device device) {
        Set<String> words = new TreeSet<>();
        Optional.ofNullable(device.facts().get("abi"))
                .map(text -> List.of(text.split("[,\\s]+")))
                .orElseGet(() -> Optional.ofNullable(device.facts().get("arch"))
                        .flatMap(arch -> of(arch, device.platform()))
                        .map(abi -> List.of(abi.word))
                        .orElse(List.of()))
                .stream()
                .filter(word -> !word.isEmpty())
                .forEach(words::add);
        return words;
    }

    /** Whether a device runs what was built for this ABI; true where nothing is known of the device. */
    static boolean fits(String abi, Device device) {
        Set<String> words = wordsOf(device);
        return words.isEmpty()
                || words.contains(abi)
                || abi.equals(ANY.word)
                || (abi.equals(JVM.word) && device.facts().containsKey("java"));
    }

    /** As it is written. */
    public String word() {
        return word;
    }

    /** The processor; empty for {@link #JVM} and {@link #ANY}. */
    public Optional<Machine> machine() {
        return machine;
    }

    /** The system; empty for {@link #JVM} and {@link #ANY}. */
    public Optional<Platform> platform() {
        return platform;
    }
}
