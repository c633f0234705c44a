package dev.melt.virtual.ios.mux;

import dev.melt.virtual.ios.wire.Wire;
import java.io.IOException;
import java.util.Optional;

/** A phone as usbmuxd sees it. Safe for use by several threads. */
public interface MuxDevice {
    /** Its identifier, as tools show it. */
    String udid();

    /** What USB calls the product: 4776 for an iPhone. */
    int productId();

    /** What all its connections go over. */
    Cable cable();

    /** Who answers on a port; empty when nobody does. */
    Optional<Answering> port(int number);

    /** What happens on one connection to a port. */
    @FunctionalInterface
    interface Answering {
        /** Serves until one side ends it; the connection is closed afterwards. */
        void serve(Wire wire) throws IOException;
    }
}
