package dev.melt.core.device;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalLong;

/**
 * Everything of MELT's that lies on a device at one moment.
 *
 * @param freeBytes room beside it; empty where the device cannot tell
 */
public record Stock(List<StockItem> items, OptionalLong freeBytes) {
    public Stock {
        items = List.copyOf(items);
        requireNonNull(freeBytes, "freeBytes");
    }

    public long bytes() {
        return items.stream().mapToLong(StockItem::bytes).sum();
    }
}
