package dev.melt.virtual.machine;

import java.util.Optional;

/** What a virtual device says of the programs that it shares with this machine. Stateless. */
public final class HostPrograms {
    private HostPrograms() {}

    /** What programs that run here are built for: {@code x86_64-linux}. */
    public static String abi() {
        return System.getProperty("os.arch", "").replace("amd64", "x86_64") + "-linux";
    }

    /** This machine's Java, where it lies in a folder that boxes share. */
    public static Optional<String> java() {
        String java = System.getProperty("java.home", "");
        return java.startsWith("/usr/") ? Optional.of(java + "/bin/java") : Optional.empty();
    }
}
