package dev.melt.core.prepare;

import dev.melt.core.device.Control;
import dev.melt.core.device.DeviceControls;
import dev.melt.core.device.ExecResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings of a device that is none. */
final class FakeControls implements DeviceControls {
    final Map<String, Optional<String>> values = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();

    /** Settings that take no other value. */
    final Set<String> stubborn = new HashSet<>();

    /** Settings that cannot be read. */
    final Set<String> silent = new HashSet<>();

    private final List<Control> all;

    FakeControls(Control... all) {
        this.all = List.of(all);
    }

    static Control control(String name, String usual) {
        return new Control(
                name,
                "for tests",
                Optional.of(usual).filter(value -> !value.isEmpty()),
                "[a-z0-9.]+",
                Optional.empty(),
                false,
                Optional.empty());
    }

    static Control obstructed(String name, String usual) {
        return new Control(
                name, "for tests", Optional.of(usual), "[a-z0-9]+", Optional.empty(), false, Optional.of("no root"));
    }

    static Control resting(String name, String rest) {
        return new Control(name, "for tests", Optional.empty(), "[a-z]+", Optional.of(rest), false, Optional.empty());
    }

    @Override
    public List<Control> all() {
        return all;
    }

    @Override
    public Map<String, Optional<String>> read(Collection<String> names) {
        Map<String, Optional<String>> found = new LinkedHashMap<>();
        names.stream()
                .filter(name -> values.containsKey(name) && !silent.contains(name))
                .forEach(name -> found.put(name, values.getOrDefault(name, Optional.empty())));
        return found;
    }

    @Override
    public ExecResult set(String name, Optional<String> value) {
        calls.add(name + "=" + value.orElse("unset"));
        if (stubborn.contains(name)) {
            return new ExecResult(255, "", "Permission denied\n", Duration.ZERO);
        }
        values.put(name, value);
        return new ExecResult(0, "", "", Duration.ZERO);
    }
}
