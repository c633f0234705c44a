package dev.melt.core.remote;

/** How a device's shell does what root alone may do. */
@FunctionalInterface
public interface Rights {
    /** The same script, to be run as root where that can be. */
    String wrap(String script);
}
