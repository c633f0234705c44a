package dev.melt.android.control;

import java.util.List;

/**
 * What decides which settings a device has.
 *
 * @param sdk its API level; 0 where it does not tell
 * @param policies processors that share a clock, as {@code cpu0}, {@code cpu4}
 * @param overRadio whether the link to it goes through the air, and would end with its radios
 */
public record ControlSite(int sdk, List<String> policies, boolean overRadio) {
    public ControlSite {
        policies = List.copyOf(policies);
    }
}
