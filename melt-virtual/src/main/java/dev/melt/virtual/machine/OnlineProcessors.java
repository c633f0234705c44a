package dev.melt.virtual.machine;

import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;

/**
 * Which processors are online: 0 or 1 written into {@code cpuN/online} by root takes one away or brings it back; the first one
 * stays. One thread uses it.
 */
public final class OnlineProcessors {
    private static final String CPU = "/sys/devices/system/cpu/";

    private final int all;
    private final MachineTree tree;
    private final BitSet online = new BitSet();

    public OnlineProcessors(int all, MachineTree tree) {
        this.all = all;
        this.tree = tree;
        forget();
    }

    /** As after a boot: all of them. */
    public void forget() {
        online.set(0, all);
    }

    /** Takes over what was written since the last time. */
    public void read() {
        for (int i = 1; i < all; i++) {
            if (tree.isForeign(path(i))) {
                Optional<String> written = tree.line(path(i)).map(String::strip);
                if (written.filter(text -> text.matches("[01]")).isPresent()) {
                    online.set(i, written.get().equals("1"));
                }
            }
        }
    }

    public boolean isOnline(int processor) {
        return online.get(processor);
    }

    /** How many are. */
    public int count() {
        return online.cardinality();
    }

    /** Shows them. */
    public void show() throws IOException {
        for (int i = 0; i < all; i++) {
            String text = online.get(i) ? "1" : "0";
            if (tree.isForeign(path(i))) {
                tree.replace(path(i), text);
            } else {
                tree.put(path(i), text);
            }
        }
        tree.put(CPU + "online", ranges());
    }

    /** {@code 0-3,6}, as the kernel lists them. */
    public String ranges() {
        StringBuilder text = new StringBuilder();
        for (int first = online.nextSetBit(0); first >= 0; ) {
            int end = online.nextClearBit(first);
            text.append(text.isEmpty() ? "" : ",").append(first);
            text.append(end - 1 > first ? "-" + (end - 1) : "");
            first = online.nextSetBit(end);
        }
        return text.toString();
    }

    private static String path(int processor) {
        return CPU + "cpu" + processor + "/online";
    }
}
