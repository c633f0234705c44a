package dev.melt.engines.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;

/** Stamps lines on the thread on which they arrive, so that no hand-over between threads lies in a stamp. */
final class LineRecorder implements Flow.Subscriber<String> {
    private final List<StampedLine> lines = new ArrayList<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        long now = System.nanoTime();
        synchronized (lines) {
            lines.add(new StampedLine(now, line));
        }
    }

    @Override
    public void onError(Throwable broken) {
        // the response's future tells of it
    }

    @Override
    public void onComplete() {
        // the response's future tells of it
    }

    List<StampedLine> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }
}
