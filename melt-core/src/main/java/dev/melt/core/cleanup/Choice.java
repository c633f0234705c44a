package dev.melt.core.cleanup;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.StockItem;

/**
 * What is to become of a thing on a device.
 *
 * @param reason in words
 */
public record Choice(StockItem item, boolean goes, String reason) {
    public Choice {
        requireNonNull(item, "item");
        requireNonNull(reason, "reason");
    }

    static Choice keep(StockItem item, String reason) {
        return new Choice(item, false, reason);
    }

    static Choice remove(StockItem item, String reason) {
        return new Choice(item, true, reason);
    }
}
