package dev.melt.core.model.synth;

/** IEEE 754 half precision, which Java has from version 20 on. */
final class Half {
    private static final float LARGEST = 65504f;
    private static final float LEAST_NORMAL = 0x1p-14f;

    private Half() {}

    /** The 16 bits of the nearest half; ties go away from zero, magnitudes above the largest become the largest. */
    static short bits(float value) {
        int sign = (Float.floatToRawIntBits(value) >>> 16) & 0x8000;
        float magnitude = Math.min(Math.abs(value), LARGEST);
        if (magnitude < LEAST_NORMAL) {
            return (short) (sign | Math.round(magnitude * 0x1p24f));
        }
        int bits = Float.floatToRawIntBits(magnitude) + 0x1000;
        int half = (bits >>> 13) - ((127 - 15) << 10);
        return (short) (sign | Math.min(half, 0x7bff));
    }

    static float value(short bits) {
        int exponent = (bits >>> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude = exponent == 0
                ? fraction * 0x1p-24f
                : Float.intBitsToFloat(((exponent + 127 - 15) << 23) | (fraction << 13));
        return bits < 0 ? -magnitude : magnitude;
    }
}
