package dev.melt.cli.command.virtual;

import dev.melt.cli.ExitCode;
import dev.melt.cli.InterruptGuard;
import dev.melt.cli.Session;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Simulated devices that live as long as this process. Used once. */
public final class BootedDevices {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Session session;

    public BootedDevices(Session session) {
        this.session = session;
    }

    /**
     * Boots them, tells where they are, and waits for Ctrl-C.
     *
     * @param names as a person gives them, with commas between them: {@code pixel8+root,orin-agx}
     * @throws InvalidInputException when there is no such device, this machine cannot run it, or a program is missing
     */
    public ExitCode keep(String names) throws IOException, InterruptedException {
        List<DeviceWish> wishes = DeviceWishes.parse(names);
        CountDownLatch ended = new CountDownLatch(1);
        return InterruptGuard.during(GRACE, ended::countDown, () -> {
            try (Desk desk = Desk.make(session)) {
                keep(wishes, desk, ended);
            }
            return ExitCode.INTERRUPTED;
        });
    }

    private void keep(List<DeviceWish> wishes, Desk desk, CountDownLatch ended)
            throws IOException, InterruptedException {
        Deque<BootedDevice> booted = new ArrayDeque<>();
        try {
            for (DeviceWish wish : wishes) {
                BootedDevice device = wish.boot(desk);
                booted.push(device);
                device.introduction().forEach(session.out()::println);
            }
            session.out().flush();
            session.say("Ctrl-C ends " + (wishes.size() == 1 ? "it" : "them"));
            ended.await();
        } finally {
            end(booted);
        }
    }

    /** All of them, the last one first, also when one of them fails. */
    private static void end(Deque<BootedDevice> booted) throws IOException, InterruptedException {
        if (!booted.isEmpty()) {
            try {
                booted.pop().end();
            } finally {
                end(booted);
            }
        }
    }
}
