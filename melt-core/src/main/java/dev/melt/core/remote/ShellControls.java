package dev.melt.core.remote;

import dev.melt.core.device.Control;
import dev.melt.core.device.DeviceControls;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.TimedOut;
import dev.melt.core.device.ExecResult;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The settings of one device, all read in one go. */
public final class ShellControls implements DeviceControls {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private final Commands shell;
    private final Supplier<List<ShellControl>> controls;
    private final Optional<Restarting> restarting;
    private Optional<List<ShellControl>> known = Optional.empty();

    /**
     * Of a device behind a shell.
     *
     * @param controls in the order in which to change them; asked for once, when somebody wants to change something
     * @param restarting empty where MELT may not
     */
    public ShellControls(Commands shell, Supplier<List<ShellControl>> controls, Optional<Restarting> restarting) {
        this.shell = shell;
        this.controls = controls;
        this.restarting = restarting;
    }

    private List<ShellControl> controls() {
        if (known.isEmpty()) {
            known = Optional.of(List.copyOf(controls.get()));
        }
        return known.get();
    }

    @Override
    public List<Control> all() {
        return controls().stream().map(ShellControl::control).toList();
    }

    @Override
    public Map<String, Optional<String>> read(Collection<String> names) {
        StringBuilder script = new StringBuilder();
        for (ShellControl control : controls()) {
            if (names.contains(control.name()) && control.control().isAvailable()) {
                script.append("V=$({ ")
                        .append(control.read())
                        .append("; } 2>/dev/null) && [ -n \"$V\" ] && echo \"")
                        .append(control.name())
                        .append("=$V\"\n");
            }
        }
        if (script.isEmpty()) {
            return Map.of();
        }
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        shell.run(script + "true", ANSWER).stdout().lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0 && names.contains(line.substring(0, equals))) {
                String value = line.substring(equals + 1).strip();
                values.put(line.substring(0, equals), Optional.of(value).filter(text -> !text.equals("null")));
            }
        });
        return values;
    }

    @Override
    public ExecResult set(String name, Optional<String> value) {
        return shell.run(named(name).write().apply(value), ANSWER);
    }

    @Override
    public ExecResult setByRestart(String name, Optional<String> value, Duration atMost) {
        ShellControl control = named(name);
        if (control.writeByRestart().isEmpty()) {
            return set(name, value);
        }
        long start = System.nanoTime();
        restartBy(control.writeByRestart().get().apply(value), "echo 1", atMost);
        return new ExecResult(0, "", "", Duration.ofNanos(System.nanoTime() - start));
    }

    private ShellControl named(String name) {
        return controls().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such control: " + name));
    }

    @Override
    public boolean canRestart() {
        return restarting.isPresent();
    }

    @Override
    public void restart(Duration atMost) {
        Restarting how =
                restarting.orElseThrow(() -> new IllegalStateException("this device is not restarted by MELT"));
        restartBy(how.command(), how.up(), atMost);
    }

    /** Returns when the device has started anew and says that it is up. */
    private void restartBy(String command, String up, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        String look = "cat /proc/sys/kernel/random/boot_id; " + up;
        String before = shell.run(look, LOOK).stdout().lines().findFirst().orElse("");
        try {
            shell.run(command, LOOK);
        } catch (DeviceException leaving) {
            // the answer went down with the device
        }
        while (!isUp(look, before)) {
            if (System.nanoTime() - end >= 0 || !pause()) {
                throw new TimedOut("the device was restarted and is not back after " + atMost.toSeconds() + " s", null);
            }
        }
    }

    private boolean isUp(String look, String bootBefore) {
        try {
            List<String> said = shell.run(look, LOOK).stdout().lines().toList();
            return said.size() == 2
                    && !said.get(0).equals(bootBefore)
                    && said.get(1).strip().equals("1");
        } catch (DeviceException away) {
            return false;
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
