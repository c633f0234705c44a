package dev.melt.virtual.android;

import dev.melt.virtual.machine.MachineTree;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernel's wake locks: {@code NAME [NANOSECONDS]} written into {@code /sys/power/wake_lock} holds one, its name in
 * {@code wake_unlock} lets it go. Reading either file lists those that are held or let go. Two writes into the same file within one
 * beat are one. One thread uses it.
 */
final class WakeLocks {
    private static final String LOCK = "/sys/power/wake_lock";
    private static final String UNLOCK = "/sys/power/wake_unlock";
    private static final String SHOWN = "/virtual/state/wakelocks";

    private final MachineTree tree;
    private final Map<String, Long> held = new LinkedHashMap<>();
    private final List<String> released = new ArrayList<>();

    WakeLocks(MachineTree tree) {
        this.tree = tree;
    }

    /** As after a boot. */
    void forget() throws IOException {
        held.clear();
        released.clear();
        show();
    }

    /** Takes over what was written since the last time, in its order. */
    void beat(long nanos) throws IOException {
        boolean lock = tree.isForeign(LOCK);
        boolean unlock = tree.isForeign(UNLOCK);
        boolean expired = held.values().removeIf(until -> until - nanos <= 0);
        if (!lock && !unlock && !expired) {
            return;
        }
        if (lock && unlock && time(UNLOCK).compareTo(time(LOCK)) < 0) {
            unlock();
            lock(nanos);
        } else {
            if (lock) {
                lock(nanos);
            }
            if (unlock) {
                unlock();
            }
        }
        show();
    }

    private FileTime time(String path) {
        return tree.changed(path).orElse(FileTime.fromMillis(0));
    }

    private void lock(long nanos) {
        String[] words = tree.line(LOCK).orElse("").strip().split("\\s+", -1);
        if (!words[0].isEmpty()) {
            boolean ends = words.length > 1 && words[1].matches("[0-9]{1,18}");
            held.put(words[0], ends ? nanos + Long.parseLong(words[1]) : Long.MAX_VALUE);
            released.remove(words[0]);
        }
    }

    private void unlock() {
        String name = tree.line(UNLOCK).orElse("").strip();
        if (held.remove(name) != null) {
            released.add(name);
        }
    }

    private void show() throws IOException {
        tree.replace(LOCK, words(held.keySet()));
        tree.replace(UNLOCK, words(released));
        tree.replace(SHOWN, String.join("\n", held.keySet()));
    }

    private static String words(Collection<String> names) {
        return String.join(" ", names);
    }
}
