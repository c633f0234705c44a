package dev.melt.cli.command;

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

/** Simulated phones that live as long as this process. Used once. */
final class VirtualPhones {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Session session;

    VirtualPhones(Session session) {
        this.session = session;
    }

    /**
     * Boots them, tells where they are, and waits for Ctrl-C.
     *
     * @throws InvalidInputException when there is no such phone, this machine cannot run it, or adb is missing
     */
    ExitCode keep(List<VirtualPhoneWish> wishes) throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        return InterruptGuard.during(GRACE, ended::countDown, () -> {
            Deque<VirtualPhone> phones = new ArrayDeque<>();
            try {
                for (VirtualPhoneWish wish : wishes) {
                    VirtualPhone phone = VirtualPhone.boot(session, wish);
                    phones.push(phone);
                    phone.introduce();
                }
                session.out().flush();
                session.say("Ctrl-C ends " + (wishes.size() == 1 ? "it" : "them"));
                ended.await();
            } finally {
                for (VirtualPhone phone : phones) {
                    phone.end();
                }
            }
            return ExitCode.INTERRUPTED;
        });
    }
}
