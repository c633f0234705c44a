package dev.melt.ios.launch;

import dev.melt.core.device.DeviceException.Unauthorised;
import dev.melt.ios.link.PhoneLink;
import dev.melt.ios.mux.Debugserver;
import dev.melt.ios.mux.Lockdown;
import dev.melt.ios.mux.LockdownException;
import java.util.Optional;
import java.util.function.Function;

/**
 * By the phone's own debugserver, which up to iOS 16 is there once a developer image is mounted. {@code idevicedebug run} uses the same
 * one; it stays attached, and the phone kills the app as soon as that connection breaks. This one lets go of the app.
 */
record DebugserverLauncher(PhoneLink link) implements Launcher {
    static final String NAME = "debugserver";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<LaunchRefusal> launch(AgentApp app) {
        if (app.program().isEmpty()) {
            return Optional.of(new LaunchRefusal(
                    LaunchRefusal.Kind.NOT_INSTALLED, "the phone does not tell where the program of the app lies"));
        }
        try {
            return with(server -> server.launch(app.container(), app.program().get()))
                    .map(words -> LaunchRefusal.of(words, 1));
        } catch (LockdownException refused) {
            return Optional.of(new LaunchRefusal(kind(refused.error()), refused.error()));
        }
    }

    private static LaunchRefusal.Kind kind(String error) {
        return switch (error) {
            case "PasswordProtected", "DeviceLocked" -> LaunchRefusal.Kind.LOCKED;
            case "InvalidService" -> LaunchRefusal.Kind.NO_DEVELOPER_SERVICES;
            default -> LaunchRefusal.Kind.OTHER;
        };
    }

    @Override
    public void kill(AgentApp app, long pid) {
        try {
            with(server -> {
                server.kill(pid);
                return true;
            });
        } catch (LockdownException refused) {
            throw new Unauthorised(
                    "[" + link.label() + "] the app cannot be ended: " + refused.error() + "; close it by hand",
                    refused);
        }
    }

    private <T> T with(Function<Debugserver, T> work) {
        try (Lockdown lockdown = link.lockdown();
                Debugserver server = Debugserver.open(lockdown)) {
            return work.apply(server);
        }
    }
}
