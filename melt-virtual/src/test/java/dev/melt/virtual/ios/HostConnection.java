package dev.melt.virtual.ios;

import static dev.melt.virtual.ios.wire.Plists.dict;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.dd.plist.NSArray;
import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.mux.Usbmuxd;
import dev.melt.virtual.ios.wire.PlistWire;
import dev.melt.virtual.ios.wire.Plists;
import dev.melt.virtual.ios.wire.Wire;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A host's connection to usbmuxd, and over it to a phone that asks for no TLS: for what the tools cannot be made to say. */
final class HostConnection implements Wire {
    private static final int LOCKDOWN = 62_078;
    private static final int DEADLINE_MILLIS = 10_000;

    private final Socket socket;

    HostConnection(Usbmuxd usbmuxd) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), usbmuxd.port());
        socket.setSoTimeout(DEADLINE_MILLIS);
    }

    /** A service of the phone, started as a host does that is trusted. */
    static HostConnection service(VirtualIphone phone, String name) throws IOException {
        try (HostConnection lockdown = new HostConnection(phone.usbmuxd())) {
            lockdown.connect(phone, LOCKDOWN);
            byte[] pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".getBytes(US_ASCII);
            NSDictionary record = dict(
                    "HostID", "TEST",
                    "DeviceCertificate", new NSData(pem),
                    "HostCertificate", new NSData(pem),
                    "RootCertificate", new NSData(pem));
            lockdown.ask(dict("Request", "Pair", "PairRecord", record));
            lockdown.ask(dict("Request", "StartSession", "HostID", "TEST"));
            NSDictionary started = lockdown.ask(dict("Request", "StartService", "Service", name));
            int port = (int) Plists.number(started, "Port").orElseThrow(() -> new IOException(started.toString()));
            HostConnection service = new HostConnection(phone.usbmuxd());
            service.connect(phone, port);
            return service;
        }
    }

    /** Sends usbmuxd a message and reads the next. */
    NSDictionary mux(NSDictionary message) throws IOException {
        byte[] xml = Plists.xml(message);
        out().write(ByteBuffer.allocate(16 + xml.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(16 + xml.length)
                .putInt(1)
                .putInt(8)
                .putInt(7)
                .put(xml)
                .array());
        return event();
    }

    /** The next message of usbmuxd. */
    NSDictionary event() throws IOException {
        DataInputStream data = new DataInputStream(in());
        byte[] header = new byte[16];
        data.readFully(header);
        byte[] content =
                new byte[ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt() - 16];
        data.readFully(content);
        return Plists.parseDict(content);
    }

    long result(NSDictionary message) throws IOException {
        return Plists.number(mux(message), "Number").orElse(-1);
    }

    long connect(long device, int port) throws IOException {
        int swapped = (port & 0xff) << 8 | (port >> 8);
        return result(dict("MessageType", "Connect", "DeviceID", device, "PortNumber", swapped));
    }

    private void connect(VirtualIphone phone, int port) throws IOException {
        NSArray devices;
        try (HostConnection list = new HostConnection(phone.usbmuxd())) {
            devices = (NSArray) Plists.value(list.mux(dict("MessageType", "ListDevices")), "DeviceList")
                    .orElseThrow();
        }
        for (int i = 0; i < devices.count(); i++) {
            NSDictionary device = (NSDictionary) devices.objectAtIndex(i);
            if (Plists.text(Plists.dictAt(device, "Properties"), "SerialNumber")
                    .filter(phone.udid()::equals)
                    .isPresent()) {
                long result = connect(Plists.number(device, "DeviceID").orElseThrow(), port);
                if (result != 0) {
                    throw new IOException("Connect: " + result);
                }
                return;
            }
        }
        throw new IOException("not there");
    }

    /** Sends a property list over the connection, and reads the answer. */
    NSDictionary ask(NSDictionary request) throws IOException {
        PlistWire messages = new PlistWire(this);
        messages.write(request);
        return messages.read().orElseThrow(() -> new IOException("hung up"));
    }

    @Override
    public InputStream in() {
        try {
            return socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public OutputStream out() {
        try {
            return socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
