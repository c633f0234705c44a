package dev.melt.core.run;

import static java.util.Objects.requireNonNull;

import dev.melt.core.gate.GateLimits;
import dev.melt.core.prepare.UsbPower;
import dev.melt.core.prepare.WantedSetting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the trials of a run are carried out.
 *
 * @param trials that count, of each cell
 * @param warmups uncounted trials of each cell before them
 * @param profile whether one more trial of each cell times every operator
 * @param seed of the order of trials
 * @param samplingPeriod between two ticks of the sampler
 * @param idle how long power is sampled before and after the engine, where the device has a power source
 * @param cooldown waited before every trial but the first
 * @param deadline of one trial
 * @param prepare what the device's settings shall be meanwhile, in the order in which to set them
 * @param linkTimeout how long a device may be away before it is given up
 * @param usbPower how its power over USB is cut while an engine works
 * @param mayRestart whether a device may be restarted for a setting that takes that
 */
public record Protocol(
        int trials,
        int warmups,
        boolean profile,
        long seed,
        Duration samplingPeriod,
        Duration idle,
        Duration cooldown,
        Duration deadline,
        GateLimits gate,
        List<WantedSetting> prepare,
        Duration linkTimeout,
        Optional<UsbPower> usbPower,
        boolean mayRestart) {
    /** How long a device may be away unless something else is said. */
    public static final Duration USUAL_LINK_TIMEOUT = Duration.ofMinutes(10);

    public Protocol {
        if (trials < 1 || warmups < 0) {
            throw new IllegalArgumentException("at least one trial and no negative count of warm-ups");
        }
        requireNonNull(samplingPeriod, "samplingPeriod");
        requireNonNull(idle, "idle");
        requireNonNull(cooldown, "cooldown");
        requireNonNull(deadline, "deadline");
        requireNonNull(gate, "gate");
        prepare = List.copyOf(prepare);
        requireNonNull(linkTimeout, "linkTimeout");
        requireNonNull(usbPower, "usbPower");
    }

    /** On a device that is left as it is. */
    public Protocol(
            int trials,
            int warmups,
            boolean profile,
            long seed,
            Duration samplingPeriod,
            Duration idle,
            Duration cooldown,
            Duration deadline,
            GateLimits gate) {
        this(
                trials,
                warmups,
                profile,
                seed,
                samplingPeriod,
                idle,
                cooldown,
                deadline,
                gate,
                List.of(),
                USUAL_LINK_TIMEOUT,
                Optional.empty(),
                false);
    }

    /** The same with other settings of the device. */
    public Protocol prepared(List<WantedSetting> settings) {
        return new Protocol(
                trials,
                warmups,
                profile,
                seed,
                samplingPeriod,
                idle,
                cooldown,
                deadline,
                gate,
                settings,
                linkTimeout,
                usbPower,
                mayRestart);
    }

    /**
     * The same with another patience, with power over USB cut, and with or without leave to restart the device. Cutting power takes a
     * trial before that tells how long one takes.
     */
    public Protocol onLink(Duration timeout, Optional<UsbPower> power, boolean restart) {
        return new Protocol(
                trials,
                power.isPresent() ? Math.max(1, warmups) : warmups,
                profile,
                seed,
                samplingPeriod,
                idle,
                cooldown,
                deadline,
                gate,
                prepare,
                timeout,
                power,
                restart);
    }
}
