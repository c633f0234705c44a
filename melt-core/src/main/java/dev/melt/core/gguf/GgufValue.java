package dev.melt.core.gguf;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** One metadata value as it stands in the file. */
public sealed interface GgufValue {

    /** An integer of any width; one of {@code UINT64} above {@link Long#MAX_VALUE} is held as its 64 bits. */
    record Whole(GgufValueType type, long value) implements GgufValue {
        public Whole {
            requireNonNull(type, "type");
        }

        @Override
        public String toString() {
            return type == GgufValueType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
        }
    }

    /** A number of 32 or 64 bits with a fraction; may be infinite or NaN, as the file says. */
    record Real(double value) implements GgufValue {
        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** True or false. */
    record Flag(boolean value) implements GgufValue {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** A text of unknown origin: clean it before a terminal shows it. */
    record Text(String value) implements GgufValue {
        public Text {
            requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /**
     * A list. Vocabularies hold hundreds of thousands of entries, so only the first ones are kept.
     *
     * @param length how many elements the file has
     * @param head the first of them; all when {@link #complete()}
     */
    record Array(GgufValueType elementType, long length, List<GgufValue> head) implements GgufValue {
        public Array {
            requireNonNull(elementType, "elementType");
            head = List.copyOf(head);
        }

        public boolean complete() {
            return head.size() == length;
        }

        @Override
        public String toString() {
            return head + (complete() ? "" : " … of " + length);
        }
    }
}
