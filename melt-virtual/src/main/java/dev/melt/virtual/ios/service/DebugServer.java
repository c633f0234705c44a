package dev.melt.virtual.ios.service;

import dev.melt.virtual.ios.device.AppProcess;
import dev.melt.virtual.ios.device.InstalledApp;
import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.device.LaunchRefused;
import dev.melt.virtual.ios.wire.Wire;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A debugger's server, which launches an app or attaches to one. While it is attached the app lives by the connection: it is killed
 * when that ends, unless the host said that it is to be left then. One thread serves it; what the app prints comes from another.
 */
final class DebugServer {
    private static final int FIRST_PID = 345;

    /** Settings of which nothing follows here. */
    private static final Set<String> TAKEN_AS_SAID = Set.of(
            "QSetMaxPacketSize",
            "QSetMaxPayloadSize",
            "QSetWorkingDir",
            "QSetLogging",
            "QSetSTDOUT",
            "QSetSTDERR",
            "QThreadSuffixSupported",
            "QListThreadsInStopReply",
            "QSetDisableASLR",
            "QLaunchArch",
            "Hc0",
            "Hg0",
            "Hc-1");

    private final Iphone phone;
    private final GdbWire wire;
    private final DebugLaunch launch = new DebugLaunch();
    private final Deque<String> held = new ArrayDeque<>();
    private Optional<String> failure = Optional.empty();
    private Optional<AppProcess> attached = Optional.empty();
    private boolean resumed;
    private boolean leaveOnError;

    DebugServer(Iphone phone, Wire connection) {
        this.phone = phone;
        this.wire = new GdbWire(connection);
    }

    void run() throws IOException {
        try {
            Optional<String> packet = wire.read();
            while (packet.isPresent() && take(packet.get())) {
                packet = wire.read();
            }
        } finally {
            if (!leaveOnError) {
                attached().filter(AppProcess::isAlive).ifPresent(phone.runs()::kill);
            }
        }
    }

    /** Returns whether to go on. */
    private boolean take(String packet) throws IOException {
        if (packet.equals(GdbWire.INTERRUPT)) {
            hold();
            wire.write("T02thread:1;");
            return true;
        }
        if (packet.equals("c") || packet.startsWith("vCont;c")) {
            resume();
            return true;
        }
        if (isResumed() && packet.equals("OK")) {
            // idevicedebug's, after each line: nothing is to be said to it
            return true;
        }
        if (packet.equals("k") || packet.startsWith("vKill")) {
            attached().ifPresent(phone.runs()::kill);
            detach();
            wire.write("X09");
            return false;
        }
        if (packet.equals("D") || packet.startsWith("D;")) {
            detach();
            wire.write("OK");
            return false;
        }
        wire.write(answer(packet));
        return true;
    }

    private String answer(String packet) throws IOException {
        int colon = packet.indexOf(':');
        String name = colon < 0 ? packet : packet.substring(0, colon);
        if (packet.startsWith("A")) {
            return launch.arguments(packet) ? launched() : "E01";
        }
        if (packet.startsWith("vAttach;")) {
            return attach(packet.substring("vAttach;".length()));
        }
        return switch (name) {
            case "QStartNoAckMode" -> {
                wire.stopAcknowledging();
                yield "OK";
            }
            case "QEnvironmentHexEncoded" -> {
                DebugLaunch.text(packet.substring(colon + 1)).ifPresent(launch::environment);
                yield "OK";
            }
            case "QEnvironment" -> {
                launch.environment(packet.substring(colon + 1));
                yield "OK";
            }
            case "QSetDetachOnError" -> {
                leaveOnError = packet.endsWith(":1");
                yield "OK";
            }
            case "qLaunchSuccess" -> failure.map(why -> "E" + why).orElse("OK");
            case "qProcessInfo" -> attached().map(DebugServer::processInfo).orElse("E68");
            case "qC" -> attached().isPresent() ? "QC1" : "E68";
            case "?" -> attached().isPresent() ? "T11thread:1;" : "W00";
            case "qSupported" -> "qXfer:features:read+;PacketSize=20000;qEcho+";
            default -> TAKEN_AS_SAID.contains(name) ? "OK" : "";
        };
    }

    private String launched() {
        Optional<InstalledApp> app = phone.apps().at(launch.program());
        if (app.isEmpty()) {
            failure = Optional.of("No such file or directory (" + launch.program() + ")");
            return "OK";
        }
        if (!phone.conditions().taskAllowed()) {
            failure = Optional.of("failed to get the task for process " + FIRST_PID);
            return "OK";
        }
        try {
            attach(phone.runs().launch(app.get(), launch.arguments(), launch.environment(), this::printed));
        } catch (LaunchRefused e) {
            failure = Optional.of(e.reason());
        }
        return "OK";
    }

    private String attach(String hexPid) {
        long pid;
        try {
            pid = Long.parseLong(hexPid, 16);
        } catch (NumberFormatException e) {
            return "E01";
        }
        Optional<AppProcess> process = phone.runs().numbered(pid);
        if (process.isEmpty() || !phone.conditions().taskAllowed()) {
            return "Efailed to get the task for process " + pid;
        }
        attach(process.get());
        return "T11thread:1;";
    }

    private synchronized void attach(AppProcess process) {
        attached = Optional.of(process);
    }

    private synchronized Optional<AppProcess> attached() {
        return attached;
    }

    private synchronized boolean isResumed() {
        return resumed;
    }

    /** It lives by itself from now on, and what it prints is lost. */
    private synchronized void detach() {
        attached = Optional.empty();
        resumed = false;
    }

    private synchronized void hold() {
        resumed = false;
    }

    private void resume() throws IOException {
        Optional<AppProcess> process = attached();
        if (process.isEmpty()) {
            wire.write("E68");
            return;
        }
        synchronized (this) {
            resumed = true;
            while (!held.isEmpty()) {
                wire.write(held.removeFirst());
            }
        }
        process.get().onEnd(code -> ended(process.get(), code));
    }

    /** Called by the app's thread. */
    private synchronized void printed(String line) {
        String packet = "O" + DebugLaunch.hex(line + "\n");
        if (!resumed) {
            held.addLast(packet);
            return;
        }
        try {
            wire.write(packet);
        } catch (IOException e) {
            // the host has gone; the thread that reads from it sees to the rest
        }
    }

    /** The connection is left to the host to close. */
    private void ended(AppProcess process, int code) {
        if (attached().filter(process::equals).isEmpty()) {
            return;
        }
        detach();
        try {
            wire.write(String.format(Locale.ROOT, code < 0 ? "X%02x" : "W%02x", Math.abs(code) & 0xff));
        } catch (IOException e) {
            // the host has gone
        }
    }

    private static String processInfo(AppProcess process) {
        return String.format(
                Locale.ROOT,
                "pid:%x;parent-pid:1;real-uid:1f5;real-gid:1f5;effective-uid:1f5;effective-gid:1f5;cputype:100000c;"
                        + "cpusubtype:2;ptrsize:8;ostype:ios;vendor:apple;endian:little;",
                process.pid());
    }
}
