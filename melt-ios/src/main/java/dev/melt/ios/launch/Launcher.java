package dev.melt.ios.launch;

import java.util.Optional;

/** A way to start an app so that it runs on when whoever started it is gone. */
public interface Launcher {
    /** The word by which it is chosen: {@code debugserver}, {@code devicectl}, {@code pymobiledevice3}, {@code go-ios}. */
    String name();

    /**
     * Starts an app anew.
     *
     * @return why it was not started; empty when the phone says that it was
     * @throws dev.melt.core.device.DeviceException when the link is broken
     */
    Optional<LaunchRefusal> launch(AgentApp app);

    /** Ends a process of the app; one that is gone is gone. */
    void kill(AgentApp app, long pid);
}
