package dev.melt.core.binary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Small Mach-O files: a header, the platform, and the libraries that are loaded. */
public final class TestingMachO {
    public static final int ARM64 = 0x0100_000C;
    public static final int X86_64 = 0x0100_0007;
    public static final int IOS = 2;
    public static final int MACOS = 1;

    private TestingMachO() {}

    /** A program for one processor. */
    public static byte[] program(int processor, int platform, String... libraries) {
        ByteBuffer file = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        file.position(32);
        file.putInt(0x32).putInt(24).putInt(platform).putInt(0).putInt(0).putInt(0);
        for (String library : libraries) {
            int at = file.position();
            int size = 24 + (library.length() + 8) / 8 * 8;
            file.putInt(0xC).putInt(size).putInt(24).putInt(0).putInt(0).putInt(0);
            file.put(library.getBytes(StandardCharsets.UTF_8)).position(at + size);
        }
        int end = file.position();
        file.position(0);
        file.putInt(0xFEED_FACF).putInt(processor).putInt(0).putInt(2);
        file.putInt(1 + libraries.length).putInt(end - 32).putInt(0).putInt(0);
        byte[] bytes = new byte[end];
        file.get(0, bytes);
        return bytes;
    }

    /** Several in one file. */
    public static byte[] fat(List<byte[]> slices) {
        ByteBuffer file = ByteBuffer.allocate(16384);
        file.putInt(0xCAFE_BABE).putInt(slices.size());
        int at = 8 + slices.size() * 20;
        for (byte[] slice : slices) {
            file.putInt(0).putInt(0).putInt(at).putInt(slice.length).putInt(0);
            at += slice.length;
        }
        slices.forEach(file::put);
        byte[] bytes = new byte[at];
        file.get(0, bytes);
        return bytes;
    }
}
