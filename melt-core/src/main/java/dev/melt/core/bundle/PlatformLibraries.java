package dev.melt.core.bundle;

import dev.melt.core.device.Platform;
import dev.melt.core.engine.Abi;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which shared libraries a device of a kind has of itself. */
final class PlatformLibraries {
    /** Whose a library is. */
    enum Owner {
        /** Every device of the platform has it. */
        SYSTEM,
        /** Devices with the right hardware and drivers have it. */
        VENDOR
    }

    /** What the NDK promises to programs (its list of stable APIs). */
    private static final Set<String> ANDROID = Set.of(
            "libc.so",
            "libm.so",
            "libdl.so",
            "liblog.so",
            "libandroid.so",
            "libz.so",
            "libstdc++.so",
            "libEGL.so",
            "libGLESv1_CM.so",
            "libGLESv2.so",
            "libGLESv3.so",
            "libOpenSLES.so",
            "libOpenMAXAL.so",
            "libjnigraphics.so",
            "libmediandk.so",
            "libcamera2ndk.so",
            "libvulkan.so",
            "libaaudio.so",
            "libamidi.so",
            "libneuralnetworks.so",
            "libnativewindow.so",
            "libsync.so",
            "libbinder_ndk.so",
            "libicu.so",
            "ld-android.so");

    private static final Pattern ANDROID_VENDOR = Pattern.compile(
            "lib(OpenCL|OpenCL_.*|cdsprpc|adsprpc|sdsprpc|GLES_mali|PVROCL|neuron.*|apuware.*|edgetpu.*)\\.so");

    /** glibc, the compiler's run-time libraries, and the loader. */
    private static final Pattern LINUX = Pattern.compile(
            "lib(c|m|pthread|dl|rt|util|resolv|anl|mvec|gcc_s|stdc\\+\\+|gomp|atomic|z)\\.so\\.[0-9]+|ld-linux.*\\.so\\.[0-9]+");

    private static final Pattern MUSL = Pattern.compile("libc\\.musl-.*\\.so\\.1|ld-musl-.*\\.so\\.1");

    private static final Pattern LINUX_VENDOR = Pattern.compile(
            "lib(cuda|cudart|cublas|cublasLt|cudnn.*|curand|cufft|cusparse|cusolver|nvrtc.*|nvinfer.*|nvonnxparser|nccl"
                    + "|nvidia.*|nv[a-z_]+|OpenCL|vulkan|amdhip64|hipblas.*|rocblas|ze_loader|sycl|tegra.*|hailort"
                    + "|rknnrt|rkllmrt)\\.so(\\.[0-9.]+)?");

    private static final List<String> APPLE = List.of("/usr/lib/", "/System/Library/");

    private PlatformLibraries() {}

    /** Whose a library is on devices of an ABI; empty when nobody's that MELT knows of. */
    static Optional<Owner> owner(String library, Abi abi) {
        Platform platform = abi.platform().orElse(Platform.LINUX);
        return switch (platform) {
            case ANDROID ->
                owner(ANDROID.contains(library), ANDROID_VENDOR.matcher(library).matches());
            case IOS, MACOS -> owner(APPLE.stream().anyMatch(library::startsWith), false);
            case LINUX, JETSON ->
                owner(
                        LINUX.matcher(library).matches()
                                || MUSL.matcher(library).matches(),
                        LINUX_VENDOR.matcher(library).matches());
        };
    }

    private static Optional<Owner> owner(boolean system, boolean vendor) {
        if (system) {
            return Optional.of(Owner.SYSTEM);
        }
        return vendor ? Optional.of(Owner.VENDOR) : Optional.empty();
    }
}
