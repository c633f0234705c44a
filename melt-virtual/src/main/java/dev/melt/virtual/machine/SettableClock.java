package dev.melt.virtual.machine;

import java.io.IOException;
import java.util.Optional;

/**
 * A clock with what root wrote into its files: that is kept, and what is shown is the lower of it and of the cap. What a kernel would
 * refuse with "Invalid argument" is put back when it is next shown. One thread uses it.
 */
public final class SettableClock {
    private final ClockDomain domain;
    private final MachineTree tree;
    private String governor = "";
    private long least;
    private long most;

    public SettableClock(ClockDomain domain, MachineTree tree) {
        this.domain = domain;
        this.tree = tree;
        forget();
    }

    /** As after a boot. */
    public void forget() {
        governor = domain.governors().get(0);
        least = domain.lowest();
        most = domain.highest();
    }

    /** Takes over what was written since the last time. */
    public void read() {
        governor = written("governor").filter(domain.governors()::contains).orElse(governor);
        least = frequency("min_freq").orElse(least);
        most = frequency("max_freq").orElse(most);
    }

    /** The highest frequency that is allowed, where the device allows itself a share of it all. */
    public long most(double cap) {
        return Math.min(most, domain.step(cap));
    }

    /** The lowest frequency that it is held at. */
    public long least(double cap) {
        return governor.equals("performance") ? most(cap) : Math.min(least, most(cap));
    }

    /** Shows it under a load of 0 to 1; returns its present frequency. */
    public long show(double cap, double load) throws IOException {
        long highest = most(cap);
        long present = present(highest, load);
        show("governor", governor);
        show("min_freq", Long.toString(Math.min(least, highest)));
        show("max_freq", Long.toString(highest));
        show("cur_freq", Long.toString(present));
        return present;
    }

    private long present(long highest, double load) {
        long asked = switch (governor) {
            case "performance" -> highest;
            case "powersave" -> least;
            default -> domain.step(0.25 + 0.9 * load);
        };
        return Math.min(highest, Math.max(least, asked));
    }

    private void show(String name, String text) throws IOException {
        String path = domain.prefix() + name;
        if (tree.isForeign(path)) {
            tree.replace(path, text);
        } else {
            tree.put(path, text);
        }
    }

    private Optional<Long> frequency(String name) {
        return written(name)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .map(frequency -> Math.max(domain.lowest(), Math.min(domain.highest(), frequency)));
    }

    /** What somebody else put there. */
    private Optional<String> written(String name) {
        String path = domain.prefix() + name;
        return tree.isForeign(path) ? tree.line(path).map(String::strip) : Optional.empty();
    }
}
