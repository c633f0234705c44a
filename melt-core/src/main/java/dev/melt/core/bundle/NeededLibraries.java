package dev.melt.core.bundle;

import dev.melt.core.binary.FileContent;
import dev.melt.core.binary.FileContent.Elf;
import dev.melt.core.binary.FileContent.MachO;
import dev.melt.core.binary.FileContent.Slice;
import dev.melt.core.binary.Machine;
import dev.melt.core.engine.Abi;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells which of the shared libraries that a file asks for will be found on the device. */
final class NeededLibraries {
    private final Abi abi;
    private final Set<String> there = new HashSet<>();
    private final Set<String> expected;

    NeededLibraries(Abi abi, Map<String, FileContent> contents, List<String> expected) {
        this.abi = abi;
        this.expected = Set.copyOf(expected);
        contents.forEach((name, content) -> {
            there.add(baseName(name));
            if (content instanceof Elf elf) {
                elf.soname().ifPresent(there::add);
            }
        });
    }

    List<BundleFinding> findings(String file, FileContent content) {
        List<BundleFinding> findings = new ArrayList<>();
        for (String library : needed(content)) {
            if (there.contains(baseName(library))) {
                continue;
            }
            if (expected.contains(library)) {
                findings.add(BundleFinding.note(file, library + " expected on the device, as 'expects' says"));
                continue;
            }
            Optional<PlatformLibraries.Owner> owner = PlatformLibraries.owner(library, abi);
            if (owner.isEmpty()) {
                findings.add(BundleFinding.fault(file, "needs " + library + ", which is not there", advice(library)));
            } else if (owner.get() == PlatformLibraries.Owner.VENDOR) {
                findings.add(BundleFinding.note(file, library + " expected on the device, from its vendor"));
            }
        }
        return findings;
    }

    private List<String> needed(FileContent content) {
        if (content instanceof Elf elf) {
            return elf.machine().equals(Optional.of(Machine.HEXAGON)) ? List.of() : elf.needed();
        }
        if (content instanceof MachO machO) {
            return machO.slices().stream()
                    .filter(slice -> slice.machine().equals(abi.machine()))
                    .map(Slice::libraries)
                    .findFirst()
                    .orElse(List.of());
        }
        return List.of();
    }

    private static String advice(String library) {
        return switch (library) {
            case "libc++_shared.so" -> "copy it from the NDK into the bundle, or build with -DANDROID_STL=c++_static";
            case "libomp.so" -> "copy it from the NDK into the bundle, or build without OpenMP (-DGGML_OPENMP=OFF)";
            default -> "put it into the bundle, or name it in 'expects' if the device brings it";
        };
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
