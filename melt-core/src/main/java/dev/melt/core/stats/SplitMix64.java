package dev.melt.core.stats;

/**
 * The SplitMix64 generator (Steele, Lea and Flood 2014). Written out so that a stored seed gives the same resamples on
 * every JVM and in every later version of it. One thread at a time.
 */
final class SplitMix64 {
    private long state;

    SplitMix64(long seed) {
        state = seed;
    }

    long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Evenly among {@code 0 .. bound - 1}, but for a bias below {@code bound / 2^32}. */
    int nextInt(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }
}
