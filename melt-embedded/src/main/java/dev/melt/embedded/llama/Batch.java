package dev.melt.embedded.llama;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct llama_batch}, passed by value to {@code llama_decode}, over one token buffer as long as the context.
 *
 * <p>Its memory is written here directly and not by JNA's field copy: that costs reflection at every decode. Tokens go
 * at their position in the context, so a batch is a window of that buffer.
 */
@Structure.FieldOrder({"count", "token", "embd", "pos", "sequenceCount", "sequence", "logits"})
public final class Batch extends Structure implements Structure.ByValue {
    private static final int COUNT = 0;
    private static final int TOKEN = 8;
    private static final int POS = 24;
    private static final int LOGITS = 48;

    public int count;
    public @Nullable Pointer token;
    public @Nullable Pointer embd;
    public @Nullable Pointer pos;
    public @Nullable Pointer sequenceCount;
    public @Nullable Pointer sequence;
    public @Nullable Pointer logits;

    private final Memory tokens;
    private final Memory positions;
    private final Memory wanted;
    private final long tokensAt;
    private final long positionsAt;
    private final long wantedAt;

    /** For JNA, which reads the structure's layout from an instance; it holds no token. */
    public Batch() {
        this(0);
    }

    /** Room for {@code capacity} tokens and one more, which shows that a prompt is too long. */
    Batch(int capacity) {
        int room = capacity + 1;
        tokens = new Memory(4L * room);
        positions = new Memory(4L * room);
        wanted = new Memory(room);
        wanted.clear();
        for (int i = 0; i < room; i++) {
            positions.setInt(4L * i, i);
        }
        tokensAt = Pointer.nativeValue(tokens);
        positionsAt = Pointer.nativeValue(positions);
        wantedAt = Pointer.nativeValue(wanted);
        ensureAllocated();
        getPointer().clear(size());
        setAutoSynch(false);
    }

    /** The window of {@code length} tokens from position {@code from}; only its last token gets logits. */
    Batch window(int from, int length) {
        set(from, length);
        getPointer().setLong(LOGITS, 0);
        return this;
    }

    /** The same, with logits for the positions from {@code firstWanted} on. */
    Batch window(int from, int length, int firstWanted) {
        set(from, length);
        for (int i = from; i < from + length; i++) {
            wanted.setByte(i, (byte) (i >= firstWanted ? 1 : 0));
        }
        getPointer().setLong(LOGITS, wantedAt + from);
        return this;
    }

    private void set(int from, int length) {
        Pointer memory = getPointer();
        memory.setInt(COUNT, length);
        memory.setLong(TOKEN, tokensAt + 4L * from);
        memory.setLong(POS, positionsAt + 4L * from);
    }

    void setToken(int position, int id) {
        tokens.setInt(4L * position, id);
    }

    int token(int position) {
        return tokens.getInt(4L * position);
    }

    /** Address where the token of {@code position} lies. */
    long tokenAddress(int position) {
        return tokensAt + 4L * position;
    }
}
