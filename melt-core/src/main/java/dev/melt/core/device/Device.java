package dev.melt.core.device;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A thing that runs engines: an Android phone, an iPhone, a Jetson, this host.
 *
 * @param name what a person calls it on the command line, such as {@code local} or {@code pixel8}
 * @param serial what tells it from its twins: a serial number, a UDID, a machine id; exported as a pseudonym
 * @param virtual whether it is simulated, and its figures say nothing about hardware
 * @param facts what was found out about it ({@code soc}, {@code kernel}, {@code memory_bytes}, ...), sorted by key
 */
public record Device(String name, Platform platform, String serial, boolean virtual, SortedMap<String, String> facts) {
    public Device {
        requireNonNull(name, "name");
        requireNonNull(platform, "platform");
        requireNonNull(serial, "serial");
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    public Device(String name, Platform platform, String serial, boolean virtual, Map<String, String> facts) {
        this(name, platform, serial, virtual, new TreeMap<>(facts));
    }
}
