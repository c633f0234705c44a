package dev.melt.virtual.ios.mux;

import static dev.melt.virtual.ios.wire.Plists.dict;

import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.wire.Plists;
import java.io.IOException;
import java.util.Optional;

/** One tool that has connected to usbmuxd. Its thread reads until the end. */
final class MuxClient implements Runnable {
    private static final int OK = 0;
    private static final int BAD_COMMAND = 1;
    private static final int BAD_DEVICE = 2;
    private static final int REFUSED = 3;
    private static final int BAD_VERSION = 6;

    private final Usbmuxd daemon;
    private final PairRecords records;
    private final MuxWire wire;

    MuxClient(Usbmuxd daemon, PairRecords records, MuxWire wire) {
        this.daemon = daemon;
        this.records = records;
        this.wire = wire;
    }

    @Override
    public void run() {
        try (MuxWire open = wire) {
            Optional<MuxPacket> packet = MuxPacket.read(open.in());
            while (packet.isPresent()) {
                if (take(packet.get())) {
                    return;
                }
                packet = MuxPacket.read(open.in());
            }
        } catch (IOException e) {
            // the tool has hung up, or the cable is gone: there is nobody to tell
        } finally {
            daemon.gone(this);
        }
    }

    void close() {
        wire.close();
    }

    /** Tells of a device that came or went. */
    void event(NSDictionary event) {
        try {
            send(new MuxPacket(0, event));
        } catch (IOException e) {
            wire.close();
        }
    }

    /** Returns whether the connection has become one to a phone, and has ended. */
    private boolean take(MuxPacket packet) throws IOException {
        if (packet.version() != MuxPacket.VERSION) {
            result(packet, BAD_VERSION);
            return false;
        }
        NSDictionary content = packet.content();
        switch (Plists.text(content, "MessageType").orElse("")) {
            case "ListDevices" -> send(new MuxPacket(packet.tag(), dict("DeviceList", daemon.list())));
            case "ListListeners" -> send(new MuxPacket(packet.tag(), dict("ListenerList", daemon.listeners())));
            case "Listen" -> daemon.listen(this, () -> result(packet, OK));
            case "Connect" -> {
                return connect(packet);
            }
            case "ReadBUID" -> send(new MuxPacket(packet.tag(), dict("BUID", daemon.buid())));
            case "ReadPairRecord" -> readRecord(packet);
            case "SavePairRecord" -> saveRecord(packet);
            case "DeletePairRecord" -> result(packet, records.delete(id(content)) ? OK : BAD_DEVICE);
            default -> result(packet, BAD_COMMAND);
        }
        return false;
    }

    private void readRecord(MuxPacket packet) throws IOException {
        Optional<byte[]> record = records.read(id(packet.content()));
        if (record.isPresent()) {
            send(new MuxPacket(packet.tag(), dict("PairRecordData", new NSData(record.get()))));
        } else {
            result(packet, BAD_DEVICE);
        }
    }

    private void saveRecord(MuxPacket packet) throws IOException {
        if (!(Plists.value(packet.content(), "PairRecordData").orElse(packet.content()) instanceof NSData data)) {
            result(packet, BAD_COMMAND);
            return;
        }
        records.save(id(packet.content()), data.bytes());
        result(packet, OK);
        daemon.paired(id(packet.content()));
    }

    private boolean connect(MuxPacket packet) throws IOException {
        int id = (int) Plists.number(packet.content(), "DeviceID").orElse(0);
        Optional<MuxDevice> device = daemon.device(id);
        if (device.isEmpty()) {
            result(packet, BAD_DEVICE);
            return false;
        }
        int swapped = (int) Plists.number(packet.content(), "PortNumber").orElse(0);
        int port = (swapped & 0xff) << 8 | (swapped >> 8 & 0xff);
        Optional<MuxDevice.Answering> answering = device.get().port(port);
        if (answering.isEmpty()) {
            result(packet, REFUSED);
            return false;
        }
        wire.over(device.get().cable());
        if (daemon.device(id).isEmpty()) {
            return true;
        }
        result(packet, OK);
        answering.get().serve(wire);
        wire.finish();
        drain();
        return true;
    }

    /** Until the host has hung up too. */
    private void drain() throws IOException {
        byte[] rest = new byte[1024];
        while (wire.in().read(rest) >= 0) {
            // what it says is too late
        }
    }

    private void result(MuxPacket packet, int number) throws IOException {
        send(new MuxPacket(packet.tag(), dict("MessageType", "Result", "Number", number)));
    }

    private static String id(NSDictionary content) {
        return Plists.text(content, "PairRecordID").orElse("");
    }

    private void send(MuxPacket packet) throws IOException {
        synchronized (wire) {
            wire.out().write(packet.bytes());
        }
    }
}
