package dev.melt.core.model.synth;

/**
 * The SplitMix64 generator, written out so that a seed gives the same file on every Java. Not thread-safe, not for
 * secrets.
 */
final class SplitMix {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;

    SplitMix(long seed) {
        this.state = seed;
    }

    /** A generator for one named purpose under a seed. */
    static SplitMix of(long seed, String purpose) {
        long state = seed;
        for (int i = 0; i < purpose.length(); i++) {
            state = mix(state + GOLDEN * (purpose.charAt(i) + 1));
        }
        return new SplitMix(state);
    }

    long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** Evenly from 0 to {@code bound - 1}. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** Evenly from {@code least} to {@code most}. */
    float between(float least, float most) {
        return least + (most - least) * ((next() >>> 40) * 0x1p-24f);
    }

    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
