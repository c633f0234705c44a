package dev.melt.core.binary;

import java.util.Arrays;
import java.util.Optional;

/** The processors that programs of bundles are made for, with their numbers in ELF ({@code e_machine}) and Mach-O. */
public enum Machine {
    X86("x86", 3, 0x0000_0007),
    ARM("arm", 40, 0x0000_000C),
    X86_64("x86_64", 62, 0x0100_0007),
    /** Qualcomm's signal processor: libraries for it travel in bundles for phones. */
    HEXAGON("hexagon", 164, -1),
    AARCH64("aarch64", 183, 0x0100_000C),
    RISCV("riscv", 243, -1);

    private final String word;
    private final int elf;
    private final int machO;

    Machine(String word, int elf, int machO) {
        this.word = word;
        this.elf = elf;
        this.machO = machO;
    }

    static Optional<Machine> ofElf(int number) {
        return Arrays.stream(values()).filter(m -> m.elf == number).findFirst();
    }

    static Optional<Machine> ofMachO(int number) {
        return Arrays.stream(values())
                .filter(m -> m.machO == number && number != -1)
                .findFirst();
    }

    /** As people write it. */
    public String word() {
        return word;
    }
}
