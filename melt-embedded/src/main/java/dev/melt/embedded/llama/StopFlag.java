package dev.melt.embedded.llama;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * Asks the engine to stop, also in the middle of a long prefill. Any thread may raise it; it is never lowered.
 *
 * <p>llama.cpp calls an abort function before each node of a graph. A Java function there would cost more than a
 * millisecond a token; {@code strlen} over a text that is empty until the flag is raised costs some nanoseconds.
 */
public final class StopFlag {
    private final Memory text = new Memory(2);
    private final long address = Pointer.nativeValue(text);
    private volatile boolean raised;

    public StopFlag() {
        text.clear();
    }

    public void raise() {
        raised = true;
        text.setByte(0, (byte) 1);
    }

    public boolean raised() {
        return raised;
    }

    Pointer function() {
        return LibC.function("strlen");
    }

    Pointer data() {
        return new Pointer(address);
    }
}
