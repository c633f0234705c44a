package dev.melt.core.bundle;

import dev.melt.core.binary.FileContent;
import dev.melt.core.binary.FileContent.Elf;
import dev.melt.core.binary.FileContent.MachO;
import dev.melt.core.binary.FileContent.Role;
import dev.melt.core.binary.FileContent.Slice;
import dev.melt.core.binary.Machine;
import dev.melt.core.device.Platform;
import dev.melt.core.engine.Abi;
import dev.melt.core.engine.Bundle.BundleFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds one file against the ABI of its bundle: format, processor, loader, executable bit. */
record FileCheck(Abi abi, BundleFile file, FileContent content) {
    private static final String REBUILD = "build it for this ABI, or correct abi in bundle.yaml";

    List<BundleFinding> findings() {
        List<BundleFinding> findings = new ArrayList<>();
        if (content instanceof FileContent.Damaged damaged) {
            findings.add(fault("damaged: " + damaged.reason(), "copy or build it again"));
        } else if (content instanceof Elf elf) {
            elf(elf).ifPresent(findings::add);
            bit(elf.role()).ifPresent(findings::add);
            elf.androidApi()
                    .ifPresent(api -> findings.add(
                            BundleFinding.note(file.name(), "needs Android API level " + api + " or newer")));
        } else if (content instanceof MachO machO) {
            machO(machO).ifPresent(findings::add);
            machO.slices().stream()
                    .findFirst()
                    .flatMap(slice -> bit(slice.role()))
                    .ifPresent(findings::add);
        } else if (content instanceof FileContent.Data && file.executable()) {
            findings.add(fault(
                    "marked executable, but neither a program nor a script",
                    "take it out of 'executable', or begin a script with #!"));
        }
        return findings;
    }

    private Optional<BundleFinding> elf(Elf elf) {
        if (abi.machine().isEmpty()) {
            return Optional.of(fault(
                    "built for " + machine(elf.machine(), elf.machineNumber()) + ", while abi is " + abi.word(),
                    REBUILD));
        }
        if (abi.platform().filter(FileCheck::isApple).isPresent()) {
            return Optional.of(fault("an ELF file, which " + abi.word() + " cannot load", REBUILD));
        }
        if (elf.machine().equals(Optional.of(Machine.HEXAGON)) && elf.role() == Role.LIBRARY) {
            return Optional.empty(); // for the signal processor beside the CPU
        }
        if (!elf.machine().equals(abi.machine())) {
            return Optional.of(fault(
                    "built for " + machine(elf.machine(), elf.machineNumber()) + ", while abi is " + abi.word(),
                    REBUILD));
        }
        return loader(elf);
    }

    /** Android's loader is another one than Linux's: neither runs the other's programs. */
    private Optional<BundleFinding> loader(Elf elf) {
        boolean android = abi.platform().equals(Optional.of(Platform.ANDROID));
        return elf.interpreter()
                .filter(loader ->
                        android != loader.matches("(/apex/.*|/system/bin/.*)?linker(64)?(_asan)?|.*/linker(64)?"))
                .map(loader -> fault(
                        "its loader is " + loader + ", which " + (android ? "Android" : "Linux") + " does not have",
                        REBUILD));
    }

    private Optional<BundleFinding> machO(MachO machO) {
        if (abi.platform().filter(FileCheck::isApple).isEmpty()) {
            return Optional.of(fault("a Mach-O file, which " + abi.word() + " cannot load", REBUILD));
        }
        List<Slice> fitting = machO.slices().stream()
                .filter(slice -> slice.machine().equals(abi.machine()))
                .toList();
        if (fitting.isEmpty()) {
            return Optional.of(fault(
                    "has no part for "
                            + abi.machine().map(Machine::word).orElse("")
                            + ", only for "
                            + String.join(
                                    ", ",
                                    machO.slices().stream()
                                            .map(slice -> machine(slice.machine(), 0))
                                            .toList()),
                    REBUILD));
        }
        String wanted = abi == Abi.ARM64_IOS ? "ios" : "macos";
        return fitting.get(0)
                .platform()
                .filter(found -> !found.equals(wanted))
                .map(found -> fault("built for " + found + ", while abi is " + abi.word(), REBUILD));
    }

    private Optional<BundleFinding> bit(Role role) {
        return role == Role.PROGRAM && !file.executable()
                ? Optional.of(fault("a program that is not marked executable", "chmod +x, or name it in 'executable'"))
                : Optional.empty();
    }

    private static boolean isApple(Platform platform) {
        return platform == Platform.IOS || platform == Platform.MACOS;
    }

    private static String machine(Optional<Machine> machine, int number) {
        return machine.map(Machine::word).orElse("machine number " + number);
    }

    private BundleFinding fault(String finding, String advice) {
        return BundleFinding.fault(file.name(), finding, advice);
    }
}
