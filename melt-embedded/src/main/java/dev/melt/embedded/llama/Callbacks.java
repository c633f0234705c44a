package dev.melt.embedded.llama;

import com.sun.jna.Callback;

/** The functions that llama.cpp calls back. Primitive arguments keep JNA on its direct path. */
final class Callbacks {
    private Callbacks() {}

    /** {@code ggml_log_callback}. */
    interface Log extends Callback {
        void invoke(int level, long text, long userData);
    }

    /** {@code llama_progress_callback}; answering 0 ends the load. */
    interface Progress extends Callback {
        byte invoke(float progress, long userData);
    }

    /** {@code ggml_backend_sched_eval_callback}. */
    interface Eval extends Callback {
        byte invoke(long tensor, byte ask, long userData);
    }
}
