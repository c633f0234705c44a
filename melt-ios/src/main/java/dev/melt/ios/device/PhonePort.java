package dev.melt.ios.device;

import dev.melt.core.remote.PortRelay;
import dev.melt.ios.link.PhoneLink;
import dev.melt.ios.mux.Lockdown;
import dev.melt.ios.mux.MuxSocket;
import java.io.IOException;

/** A stream to a port of a phone. */
record PhonePort(MuxSocket socket) implements PortRelay.Wire {
    static PhonePort open(PhoneLink link, int port) {
        return new PhonePort(Lockdown.port(link.usbmux(), link.udid(), link.label(), port));
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return socket.stream().read(into, offset, length);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        socket.sink().write(from, offset, length);
        socket.sink().flush();
    }

    @Override
    public void close() {
        socket.close();
    }
}
