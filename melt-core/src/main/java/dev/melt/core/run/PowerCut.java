package dev.melt.core.run;

import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.DeviceException;
import dev.melt.core.prepare.UsbSwitch;
import dev.melt.core.store.StoredCell;
import dev.melt.core.store.StoredTrial;
import dev.melt.core.trial.TrialRole;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Cuts a device's power over USB while the engine of a measured trial works. Where the link goes with it, nobody can ask how far the
 * engine is: power comes back when a trial of this cell should be over, as long as the longest one before it took and some more. What
 * the samples say of a charger decides whether a figure may be quoted, so that a wait that was too short is found out.
 */
final class PowerCut {
    private static final double MARGIN = 1.25;
    private static final Duration SPARE = Duration.ofSeconds(5);

    private final Lane lane;
    private final Cell cell;
    private final TrialRole role;

    PowerCut(Lane lane, Cell cell, TrialRole role) {
        this.lane = lane;
        this.cell = cell;
        this.role = role;
    }

    /**
     * Watches an engine that was just started, without power where that is asked for.
     *
     * @throws DeviceException where the link went with the power; the engine has had its time then
     */
    AgentStatus during(Supplier<AgentStatus> watch) {
        Optional<UsbSwitch> usb = lane.usb().filter(power -> role == TrialRole.MEASURED);
        Optional<Duration> time = expected();
        if (usb.isEmpty() || time.isEmpty()) {
            return watch.get();
        }
        long start = System.nanoTime();
        lane.tellPower(usb.get(), usb.get().off());
        try {
            return watch.get();
        } catch (DeviceException gone) {
            if (usb.get().isOff()) {
                lane.stop().await(time.get().minusNanos(System.nanoTime() - start));
            }
            throw gone;
        } finally {
            if (usb.get().isOff()) {
                lane.tellPower(usb.get(), usb.get().on());
            }
        }
    }

    /** How long a trial of this cell takes at most; empty before one has ended. */
    private Optional<Duration> expected() {
        OptionalLong longest = lane.store().cells(lane.run().id()).stream()
                .filter(stored -> stored.facts().fingerprint().equals(cell.fingerprint()))
                .map(StoredCell::id)
                .flatMap(id -> lane.store().trials(lane.run().id()).stream()
                        .filter(trial -> trial.cellId().equals(id)))
                .filter(trial ->
                        trial.startNanos().isPresent() && trial.endNanos().isPresent())
                .mapToLong(PowerCut::nanos)
                .max();
        Duration idle = lane.protocol().idle().multipliedBy(2);
        return longest.isPresent()
                ? Optional.of(Duration.ofNanos((long) (longest.getAsLong() * MARGIN))
                        .plus(idle)
                        .plus(SPARE))
                : Optional.empty();
    }

    private static long nanos(StoredTrial trial) {
        return trial.endNanos().orElseThrow() - trial.startNanos().orElseThrow();
    }
}
