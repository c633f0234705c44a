package dev.melt.core.binary;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a file is, judged by its bytes. Immutable. */
public sealed interface FileContent {
    /** What a linked file is for. */
    enum Role {
        PROGRAM,
        LIBRARY,
        OTHER
    }

    /**
     * A program or library for Linux or Android.
     *
     * @param bits 32 or 64
     * @param machine empty for one that no bundle is made for
     * @param machineNumber as the file has it
     * @param needed names of the libraries that the loader must find
     * @param interpreter the loader; empty for libraries and for programs that need none
     * @param androidApi lowest Android API level that it was built for
     */
    record Elf(
            int bits,
            Optional<Machine> machine,
            int machineNumber,
            Role role,
            List<String> needed,
            Optional<String> interpreter,
            Optional<String> soname,
            List<String> runPaths,
            OptionalInt androidApi)
            implements FileContent {
        public Elf {
            requireNonNull(machine, "machine");
            requireNonNull(role, "role");
            needed = List.copyOf(needed);
            requireNonNull(interpreter, "interpreter");
            requireNonNull(soname, "soname");
            runPaths = List.copyOf(runPaths);
            requireNonNull(androidApi, "androidApi");
        }
    }

    /** A program or library for Apple's systems: one slice, or several in a fat file. */
    record MachO(List<Slice> slices) implements FileContent {
        public MachO {
            slices = List.copyOf(slices);
        }
    }

    /**
     * The part of a Mach-O file for one processor.
     *
     * @param platform {@code macos}, {@code ios}, {@code ios-simulator} or another of Apple's; empty when it does not say
     * @param libraries install names of what it loads
     */
    record Slice(
            Optional<Machine> machine,
            int bits,
            Role role,
            Optional<String> platform,
            List<String> libraries,
            Optional<String> installName) {
        public Slice {
            requireNonNull(machine, "machine");
            requireNonNull(role, "role");
            requireNonNull(platform, "platform");
            libraries = List.copyOf(libraries);
            requireNonNull(installName, "installName");
        }
    }

    /** A text that names its interpreter in the first line. */
    record Script(String interpreter) implements FileContent {
        public Script {
            requireNonNull(interpreter, "interpreter");
        }
    }

    /** Anything that no system loads as a program. */
    record Data() implements FileContent {}

    /** It begins as a program does, and goes on as none can. */
    record Damaged(String reason) implements FileContent {
        public Damaged {
            requireNonNull(reason, "reason");
        }
    }
}
