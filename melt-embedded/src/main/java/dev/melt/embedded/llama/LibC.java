package dev.melt.embedded.llama;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/** The functions of the C library that the worker calls. */
@SuppressWarnings("MemberName") // the names are those of the C functions
public final class LibC {
    public static final int CLOCK_MONOTONIC = 1;
    public static final int CLOCK_BOOTTIME = 7;
    public static final int PROT_READ = 1;
    public static final int MAP_SHARED = 1;
    public static final long MAP_FAILED = -1;

    static {
        Native.register(LibC.class, NativeLibrary.getProcess());
    }

    private LibC() {}

    public static native int clock_gettime(int clock, long timespec);

    public static native int open(byte[] path, int flags);

    public static native int close(int fd);

    public static native long mmap(long address, long length, int protection, int flags, int fd, long offset);

    public static native int munmap(long address, long length);

    public static native int mincore(long address, long length, byte[] pages);

    public static native int getpagesize();

    /** Address of a function of the C library. */
    static Pointer function(String name) {
        return NativeLibrary.getProcess().getFunction(name);
    }
}
