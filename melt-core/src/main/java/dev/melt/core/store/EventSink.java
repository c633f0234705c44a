package dev.melt.core.store;

import dev.melt.core.event.Event;

/** Takes a stream of events, trial after trial. Called on the thread that asked for the stream. */
@FunctionalInterface
public interface EventSink {
    void event(String trialId, Event event);
}
