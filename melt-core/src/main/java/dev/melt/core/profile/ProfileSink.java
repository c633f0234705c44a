package dev.melt.core.profile;

/**
 * Takes what a reader finds in a profile, row after row, so that a log of any length passes through constant memory. Called
 * on the reader's thread; calls of one graph come together.
 */
public interface ProfileSink {
    void call(OpCall call);

    default void summary(SummaryLine line) {}

    default void device(DeviceTotal total) {}

    default void weight(Weight weight) {}

    /** What the engine says of itself, such as the number of its threads. */
    default void fact(String key, String value) {}

    /** Something was left out or is not whole; {@code what} says what and where. */
    default void fault(String what) {}
}
