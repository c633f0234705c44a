package dev.melt.core.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a run that a person wants it to end. Thread-safe; raised once. */
public final class StopSignal {
    private final CountDownLatch raised = new CountDownLatch(1);

    public void raise() {
        raised.countDown();
    }

    public boolean isRaised() {
        return raised.getCount() == 0;
    }

    /**
     * Waits, and ends the wait early when the signal comes. An interrupt of the thread counts as the signal.
     *
     * @return whether the signal was raised
     */
    public boolean await(Duration time) {
        try {
            return raised.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            raise();
            return true;
        }
    }
}
