package dev.melt.ios.mux;

import com.dd.plist.NSDictionary;
import com.dd.plist.NSObject;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * A session with the service of a phone that starts all others. Used by one thread.
 */
public final class Lockdown implements AutoCloseable {
    private static final int PORT = 62078;
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Usbmux usbmux;
    private final Usbmux.Attached device;
    private final PairRecord record;
    private final String label;
    private MuxSocket socket;

    private Lockdown(Usbmux usbmux, Usbmux.Attached device, PairRecord record, String label, MuxSocket socket) {
        this.usbmux = usbmux;
        this.device = device;
        this.record = record;
        this.label = label;
        this.socket = socket;
    }

    /**
     * Begins a session with a phone that is paired with this host.
     *
     * @param label for messages
     * @throws LockdownException when the phone does not want to, or there is no pairing: {@code InvalidHostID}
     */
    public static Lockdown open(Usbmux usbmux, String udid, String label) {
        Usbmux.Attached device = usbmux.device(label, udid);
        PairRecord record = usbmux.pairRecord(label, udid)
                .orElseThrow(() -> new LockdownException("pairing record of this host", "InvalidHostID"));
        Lockdown lockdown = new Lockdown(usbmux, device, record, label, usbmux.connect(label, device, PORT));
        try {
            lockdown.startSession();
            return lockdown;
        } catch (RuntimeException e) {
            lockdown.close();
            throw e;
        }
    }

    private void startSession() {
        NSDictionary request = request("StartSession");
        request.put("HostID", record.hostId());
        request.put("SystemBUID", record.systemBuid());
        if (Plists.flag(ask(request), "EnableSessionSSL")) {
            MuxSocket plain = socket;
            socket = plain.talk("TLS with lockdown", ANSWER, (in, out) -> PairTls.over(plain, record, in, out));
        }
    }

    /** The value of a key; empty when the phone does not have it. */
    public Optional<NSObject> value(String key) {
        NSDictionary request = request("GetValue");
        request.put("Key", key);
        try {
            return Optional.ofNullable(ask(request).get("Value"));
        } catch (LockdownException refused) {
            return Optional.empty();
        }
    }

    /**
     * A stream to a service, which is started for it.
     *
     * @param name such as {@code com.apple.mobile.house_arrest}
     * @throws LockdownException when the phone does not have it, or will not start it as it is now
     */
    public MuxSocket service(String name) {
        NSDictionary request = request("StartService");
        request.put("Service", name);
        NSDictionary answer = ask(request);
        int port = (int) Plists.number(answer, "Port")
                .orElseThrow(() -> new ProtocolViolation("[" + label + "] " + name + ": lockdown names no port", null));
        MuxSocket plain = usbmux.connect(label, device, port);
        return Plists.flag(answer, "EnableServiceSSL")
                ? plain.talk("TLS with " + name, ANSWER, (in, out) -> PairTls.over(plain, record, in, out))
                : plain;
    }

    /** A stream to any port of the phone. */
    public static MuxSocket port(Usbmux usbmux, String udid, String label, int port) {
        return usbmux.connect(label, usbmux.device(label, udid), port);
    }

    private NSDictionary ask(NSDictionary request) {
        String what = "lockdown " + Plists.text(request, "Request").orElse("");
        NSDictionary answer = socket.talk(what, ANSWER, (in, out) -> exchange(request, in, out));
        Optional<String> error = Plists.text(answer, "Error");
        if (error.isPresent()) {
            throw new LockdownException("[" + label + "] " + what, error.get());
        }
        return answer;
    }

    private static NSDictionary exchange(NSDictionary request, InputStream in, OutputStream out) throws IOException {
        Plists.send(out, request);
        return Plists.receive(in);
    }

    private static NSDictionary request(String name) {
        NSDictionary request = new NSDictionary();
        request.put("Label", "melt");
        request.put("Request", name);
        return request;
    }

    @Override
    public void close() {
        socket.close();
    }
}
