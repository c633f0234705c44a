package dev.melt.virtual.ios.device;

import dev.melt.virtual.ios.app.PhoneApp;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * One life of an app on the phone.
 *
 * @param bornNanos when it began, of {@link System#nanoTime}
 * @param ended its exit code, or a negative signal, once it has ended
 */
public record AppProcess(InstalledApp app, PhoneApp.Running running, long bornNanos, CompletableFuture<Integer> ended) {
    /** Its number on the phone. */
    public long pid() {
        return running.pid();
    }

    /** Has something done when it has ended, or at once when it has already. */
    public void onEnd(IntConsumer then) {
        ended.whenComplete((code, never) -> then.accept(code)).exceptionally(e -> 0);
    }

    /** Whether it has not ended yet. */
    public boolean isAlive() {
        return !ended.isDone();
    }
}
