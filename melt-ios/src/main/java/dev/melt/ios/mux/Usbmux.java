package dev.melt.ios.mux;

import com.dd.plist.NSArray;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSObject;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.DeviceException.Unreachable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The usbmuxd of this host, which hands out streams to ports of attached phones. Its protocol: a head of four numbers, least byte first,
 * and an XML property list. Immutable; each call has a connection of its own.
 */
public final class Usbmux {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int TAG = 1;
    private static final long REFUSED = 3;
    private static final int UDID_DASH = 8;
    private static final int NEW_UDID = 24;

    private final UsbmuxAddress address;

    public Usbmux(UsbmuxAddress address) {
        this.address = address;
    }

    /**
     * A phone that usbmuxd shows.
     *
     * @param id its number until it is unplugged
     * @param link {@code usb} or {@code network}
     */
    public record Attached(long id, String udid, String link) {}

    /** Where it listens. */
    public UsbmuxAddress address() {
        return address;
    }

    /** Every phone that is attached now; one that is there by cable and by network is shown by its cable. */
    public List<Attached> devices() {
        NSDictionary answer = ask("usbmux", message("ListDevices"));
        List<Attached> found = new ArrayList<>();
        if (answer.get("DeviceList") instanceof NSArray list) {
            for (NSObject one : list.getArray()) {
                attached(one).ifPresent(found::add);
            }
        }
        found.sort((a, b) -> b.link().compareTo(a.link())); // usb before network
        List<Attached> once = new ArrayList<>();
        found.stream()
                .filter(one -> once.stream().noneMatch(other -> other.udid().equals(one.udid())))
                .forEach(once::add);
        return once;
    }

    private static Optional<Attached> attached(NSObject one) {
        if (one instanceof NSDictionary entry && entry.get("Properties") instanceof NSDictionary properties) {
            Optional<String> serial = Plists.text(properties, "SerialNumber");
            String link =
                    Plists.text(properties, "ConnectionType").orElse("USB").equals("Network") ? "network" : "usb";
            if (serial.isPresent() && Plists.number(entry, "DeviceID").isPresent()) {
                return Optional.of(
                        new Attached(Plists.number(entry, "DeviceID").getAsLong(), udid(serial.get()), link));
            }
        }
        return Optional.empty();
    }

    /** Newer phones tell their serial without the dash of their UDID. */
    private static String udid(String serial) {
        return serial.length() == NEW_UDID
                ? serial.substring(0, UDID_DASH) + "-" + serial.substring(UDID_DASH)
                : serial;
    }

    /**
     * The phone with a UDID.
     *
     * @throws Unreachable when it is not attached
     */
    public Attached device(String label, String udid) {
        return devices().stream()
                .filter(one -> one.udid().equals(udid))
                .findFirst()
                .orElseThrow(() -> new Unreachable("[" + label + "] the phone is not attached", null));
    }

    /**
     * A stream to a port of a phone.
     *
     * @param label for messages
     */
    MuxSocket connect(String label, Attached device, int port) {
        MuxSocket socket = open(label);
        NSDictionary message = message("Connect");
        message.put("DeviceID", device.id());
        message.put("PortNumber", (port & 0xff) << 8 | port >> 8); // as it lies in a packet
        long result = Plists.number(exchange(socket, "connect to port " + port, message), "Number")
                .orElse(-1);
        if (result == 0) {
            return socket;
        }
        socket.close();
        String subject = "[" + label + "] port " + port + ": ";
        throw result == REFUSED
                ? new LinkLost(subject + "the phone refused the connection", null)
                : new Unreachable(
                        subject + "the phone is not attached any more (usbmuxd answers " + result + ")", null);
    }

    /** The keys of the pairing of a phone with this host; empty when they are not paired. */
    Optional<PairRecord> pairRecord(String label, String udid) {
        NSDictionary message = message("ReadPairRecord");
        message.put("PairRecordID", udid);
        return Plists.data(ask(label, message), "PairRecordData").map(data -> PairRecord.parse(label, data));
    }

    private NSDictionary ask(String label, NSDictionary message) {
        try (MuxSocket socket = open(label)) {
            return exchange(socket, "usbmuxd", message);
        }
    }

    private static NSDictionary exchange(MuxSocket socket, String what, NSDictionary message) {
        return socket.talk(what, ANSWER, (in, out) -> {
            Plists.sendMux(out, message, TAG);
            NSDictionary answer = Plists.receiveMux(in);
            if (Plists.text(answer, "MessageType").orElse("Result").equals("Result")
                    || answer.containsKey("DeviceList")) {
                return answer;
            }
            throw new ProtocolViolation(
                    "[" + socket.label() + "] " + what + ": an answer to another question came", null);
        });
    }

    private MuxSocket open(String label) {
        try {
            SocketChannel channel = SocketChannel.open(address.address());
            return new MuxSocket(label, ChannelStreams.in(channel), ChannelStreams.out(channel), channel);
        } catch (IOException | RuntimeException e) { // an address whose host has no name is told by the latter
            throw new Unreachable("[" + label + "] no usbmuxd answers at " + address.text(), e);
        }
    }

    private static NSDictionary message(String type) {
        NSDictionary message = new NSDictionary();
        message.put("MessageType", type);
        message.put("ClientVersionString", "melt");
        message.put("ProgName", "melt");
        message.put("kLibUSBMuxVersion", 3);
        return message;
    }
}
