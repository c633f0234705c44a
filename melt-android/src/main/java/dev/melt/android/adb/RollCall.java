package dev.melt.android.adb;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks the devices of one list who they are, each once at the most. One that is not ready or does not answer in time has no identity.
 * Safe for use by several threads.
 */
final class RollCall {
    /** A phone that is ready answers within a tenth of a second; one that sleeps, within one. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Of a server that takes long to connect, too. */
    private static final Duration LONGEST = PATIENCE.multipliedBy(4);

    private final AdbServer server;
    private final Map<String, Optional<DeviceIdentity>> answers = new ConcurrentHashMap<>();

    RollCall(AdbServer server) {
        this.server = requireNonNull(server, "server");
    }

    /** Asks all that are ready at once, so that a silent one costs no more time than its own. */
    void askAll(List<AdbDevice> devices) {
        List<AdbDevice> ready = devices.stream().filter(AdbDevice::isReady).toList();
        CountDownLatch answered = new CountDownLatch(ready.size());
        for (AdbDevice device : ready) {
            Thread asking = new Thread(
                    () -> {
                        try {
                            of(device);
                        } finally {
                            answered.countDown();
                        }
                    },
                    "adb asks " + device.serial());
            asking.setDaemon(true);
            asking.start();
        }
        try {
            answered.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            ready.forEach(device -> answers.putIfAbsent(device.serial(), Optional.empty()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkLost("[adb] interrupted while devices were asked who they are", e);
        }
    }

    /** Who a device is; asks it when that was not done before. */
    Optional<DeviceIdentity> of(AdbDevice device) {
        if (!answers.containsKey(device.serial())) {
            answers.putIfAbsent(device.serial(), device.isReady() ? ask(device.serial()) : Optional.empty());
        }
        return answers.getOrDefault(device.serial(), Optional.empty());
    }

    private Optional<DeviceIdentity> ask(String serial) {
        try {
            return Optional.of(DeviceIdentity.ask(server, serial, PATIENCE));
        } catch (IOException | DeviceException silent) {
            return Optional.empty();
        }
    }
}
