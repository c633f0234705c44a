package dev.melt.embedded.llama;

import dev.melt.embedded.llama.LlamaException.Reason;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;

/**
 * llama.cpp b4916, loaded into this process once and checked to be that build.
 *
 * <p>The layouts of the structures here hold for that build only; another one would be called with shifted fields and
 * would crash or, worse, would run with other settings. So the defaults it answers are compared before any use.
 */
public final class LlamaLibrary implements AutoCloseable {
    public static final String VERSION = "b4916";
    public static final String COMMIT = "c6af2161";
    public static final String JAR_VERSION = "4.2.0";

    private static final long TENSOR_OVERHEAD_IN_B4916 = 368;

    private final EngineLog log;

    private LlamaLibrary(EngineLog log) {
        this.log = log;
    }

    /** Loads the library; JNA's own is taken from the same folder. */
    static LlamaLibrary open(NativeFiles files, OutputStream logTo) {
        System.setProperty("jna.nosys", "true");
        System.setProperty("jna.nounpack", "true");
        System.setProperty("jna.boot.library.path", files.jnaFolder().toString());
        try {
            LlamaC.bind(files.llama());
        } catch (UnsatisfiedLinkError e) {
            throw new LlamaException(
                    Reason.BACKEND,
                    "llama.cpp cannot be loaded: " + e.getMessage()
                            + "; it needs glibc, libstdc++ and libgomp.so.1 (Debian: apt install libgomp1)",
                    e);
        }
        checkBuild();
        EngineLog log = new EngineLog(logTo);
        LlamaC.llama_log_set(log, 0);
        LlamaC.llama_backend_init();
        return new LlamaLibrary(log);
    }

    /** The same, with llama.cpp's log on stderr. */
    @SuppressWarnings("StreamResourceLeak") // the process's own stderr is never closed
    public static LlamaLibrary open(NativeFiles files) {
        return open(files, new FileOutputStream(FileDescriptor.err));
    }

    private static void checkBuild() {
        if (!LlamaC.llama_model_default_params().hasDefaultsOfB4916()
                || !LlamaC.llama_context_default_params().hasDefaultsOfB4916()
                || LlamaC.ggml_tensor_overhead() != TENSOR_OVERHEAD_IN_B4916) {
            throw new LlamaException(Reason.BACKEND, "library is not " + VERSION + ": its default settings differ");
        }
    }

    public EngineLog log() {
        return log;
    }

    /** Which instruction sets the library uses on this processor. */
    public String systemInfo() {
        return LlamaC.llama_print_system_info().strip();
    }

    @Override
    public void close() {
        LlamaC.llama_backend_free();
    }
}
