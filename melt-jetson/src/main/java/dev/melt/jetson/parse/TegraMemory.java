package dev.melt.jetson.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One kind of memory on a line of tegrastats, in B.
 *
 * @param pool {@code RAM}, {@code SWAP} or {@code IRAM}
 * @param cached of the swap, what is in memory too
 * @param freeBlock the size of the largest free block
 * @param freeBlocks how many of that size there are
 */
public record TegraMemory(
        String pool,
        double used,
        double total,
        OptionalDouble cached,
        OptionalDouble freeBlock,
        OptionalLong freeBlocks) {
    public TegraMemory {
        requireNonNull(pool, "pool");
        requireNonNull(cached, "cached");
        requireNonNull(freeBlock, "freeBlock");
        requireNonNull(freeBlocks, "freeBlocks");
    }

    void writeTo(TelemetryBuilder out, OptionalDouble t) {
        String site = pool.equals("RAM") ? "" : pool.toLowerCase(Locale.ROOT) + "-";
        out.sample("memory/" + site + "used", Unit.BYTE, used, t);
        out.sample("memory/" + site + "total", Unit.BYTE, total, t);
        cached.ifPresent(bytes -> out.sample("memory/" + site + "cached", Unit.BYTE, bytes, t));
        freeBlock.ifPresent(bytes -> out.sample("memory/" + site + "largest-free-block", Unit.BYTE, bytes, t));
        freeBlocks.ifPresent(
                count -> out.sample("blocks/" + site + "largest-free-block", Unit.RATIO, (double) count, t));
    }
}
