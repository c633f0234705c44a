package dev.melt.virtual.ios.device;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The phone's log: who listens hears what is said from then on. Safe for use by several threads. */
public final class Syslog {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final Supplier<String> host;
    private final Set<Consumer<String>> listeners = ConcurrentHashMap.newKeySet();

    Syslog(Clock clock, Supplier<String> host) {
        this.clock = clock;
        this.host = host;
    }

    /** Who is told of each line from now on, until it is taken away; it must not wait. */
    public void add(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Tells it no more. */
    public void remove(Consumer<String> listener) {
        listeners.remove(listener);
    }

    /** How many listen. */
    public int listeners() {
        return listeners.size();
    }

    /** Says something as a process. */
    public void say(String process, long pid, String text) {
        Instant now = clock.instant();
        String line = STAMP.format(now) + " " + host.get().replace(' ', '-') + " " + process + "[" + pid
                + "] <Notice>: " + text;
        listeners.forEach(listener -> listener.accept(line));
    }
}
