package dev.melt.core.store;

import static java.util.Objects.requireNonNull;

import dev.melt.core.telemetry.Channel;

/** A telemetry channel of one trial, with the number that its samples go by. */
public record StoredChannel(long id, String trialId, Channel channel) {
    public StoredChannel {
        requireNonNull(trialId, "trialId");
        requireNonNull(channel, "channel");
    }
}
