package dev.melt.core.gate;

import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.HeatSites;
import dev.melt.core.telemetry.Observation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a gate finds a value among what a device reports. Which channels it takes is settled once, by what the device offers and not by
 * what one look brought, so that it is the same sensor at each look.
 */
enum Reading {
    HOTTEST {
        @Override
        List<Channel> choose(Collection<Channel> offered, Map<String, String> facts) {
            return ofQuantity(offered, "temperature");
        }
    },
    SKIN {
        @Override
        List<Channel> choose(Collection<Channel> offered, Map<String, String> facts) {
            return HeatSites.skin(offered).stream().toList();
        }
    },
    BATTERY_TEMPERATURE {
        @Override
        List<Channel> choose(Collection<Channel> offered, Map<String, String> facts) {
            return HeatSites.battery(offered).stream().toList();
        }
    },
    BATTERY_LEVEL {
        @Override
        List<Channel> choose(Collection<Channel> offered, Map<String, String> facts) {
            return named(offered, "level/battery");
        }
    },
    /** That the battery calls itself charging does not prove that energy flows into it, so a current goes before the status. */
    CHARGING {
        @Override
        List<Channel> choose(Collection<Channel> offered, Map<String, String> facts) {
            List<Channel> current = named(offered, "current/battery");
            return current.isEmpty() ? named(offered, "status/battery") : current;
        }

        @Override
        OptionalDouble valueOf(Channel channel, double raw, Map<String, String> facts) {
            if (channel.quantity().equals("current")) {
                return flag(raw < -TRICKLE_AMPERES); // out of the battery is positive
            }
            return raw == STATUS_UNKNOWN ? OptionalDouble.empty() : flag(raw == STATUS_CHARGING);
        }
    },
    PLUGGED {
        @Override
        List<Channel> choose(Collection<Channel> offered, Map<String, String> facts) {
            return ofQuantity(offered, "plugged");
        }

        @Override
        OptionalDouble valueOf(Channel channel, double raw, Map<String, String> facts) {
            return flag(raw > 0);
        }
    },
    MEMORY {
        @Override
        List<Channel> choose(Collection<Channel> offered, Map<String, String> facts) {
            return named(offered, "memory/available");
        }
    },
    UTILISATION {
        @Override
        List<Channel> choose(Collection<Channel> offered, Map<String, String> facts) {
            return named(offered, "utilisation/all");
        }
    },
    LOAD {
        @Override
        List<Channel> choose(Collection<Channel> offered, Map<String, String> facts) {
            return named(offered, "load/1min");
        }
    },
    /** The smallest share counts. */
    CAP {
        @Override
        List<Channel> choose(Collection<Channel> offered, Map<String, String> facts) {
            return ofQuantity(offered, "frequency_cap").stream()
                    .filter(cap -> maximum(cap, facts).isPresent())
                    .toList();
        }

        @Override
        OptionalDouble valueOf(Channel channel, double raw, Map<String, String> facts) {
            OptionalDouble maximum = maximum(channel, facts);
            return maximum.isPresent() ? OptionalDouble.of(raw / maximum.getAsDouble()) : maximum;
        }

        @Override
        boolean leastCounts() {
            return true;
        }
    },
    THERMAL_STATUS {
        @Override
        List<Channel> choose(Collection<Channel> offered, Map<String, String> facts) {
            return named(offered, "thermal_status/device");
        }
    };

    /** What a gauge may show at rest. */
    private static final double TRICKLE_AMPERES = 0.01;

    /** Android's numbers of a battery's status; all others mean that it is not charged. */
    private static final double STATUS_UNKNOWN = 1;

    private static final double STATUS_CHARGING = 2;

    /** The channels that tell it, of those that the device offers; none when it cannot tell. */
    abstract List<Channel> choose(Collection<Channel> offered, Map<String, String> facts);

    /** What one channel's value says; empty when it says nothing. */
    OptionalDouble valueOf(Channel channel, double raw, Map<String, String> facts) {
        return OptionalDouble.of(raw);
    }

    /** Of several channels the largest counts, or the least. */
    boolean leastCounts() {
        return false;
    }

    /** The value of one look; empty when none of the channels brought any. */
    OptionalDouble of(Observation observation, List<Channel> chosen, Map<String, String> facts) {
        double[] values = chosen.stream()
                .flatMap(channel -> Optional.ofNullable(observation.values().get(channel)).stream()
                        .map(raw -> valueOf(channel, raw, facts)))
                .flatMapToDouble(OptionalDouble::stream)
                .sorted()
                .toArray();
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(values[leastCounts() ? 0 : values.length - 1]);
    }

    private static OptionalDouble flag(boolean on) {
        return OptionalDouble.of(on ? 1 : 0);
    }

    private static List<Channel> ofQuantity(Collection<Channel> offered, String quantity) {
        return offered.stream()
                .filter(channel -> channel.quantity().equals(quantity))
                .toList();
    }

    private static List<Channel> named(Collection<Channel> offered, String name) {
        return offered.stream().filter(channel -> channel.name().equals(name)).toList();
    }

    private static OptionalDouble maximum(Channel cap, Map<String, String> facts) {
        String hertz = facts.getOrDefault("max_frequency_hz/" + cap.site(), "");
        return hertz.matches("[1-9][0-9]{0,17}")
                ? OptionalDouble.of(Double.parseDouble(hertz))
                : OptionalDouble.empty();
    }
}
