package dev.melt.ios.agent;

import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.AgentStatus.State;
import dev.melt.core.device.StatusText;
import dev.melt.ios.link.PhoneFiles;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * How a trial stands, by the app's own status and by its beat: an app that was killed says nothing of it. A beat that stands still for
 * longer than {@link #SILENCE} has ended.
 */
final class AppPulse {
    /** Ten beats. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** For the first look at a trial, where only the phone's clock tells how old its beat is: somebody may have set that. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(3);

    private static final String BEAT = "beat_ns";
    private static final int LONGEST = 1 << 16;
    private static final long NOT_THERE = -1;

    private final PhoneFiles files;
    private final LongPredicate logTellsOfItsEnd;
    private final Map<String, Beat> beats = new HashMap<>();

    /** A beat and when it was seen first, by this host's {@code nanoTime}. */
    private record Beat(long at, long seen) {}

    /**
     * Over an app's folder.
     *
     * @param logTellsOfItsEnd whether the phone's log said that a process ended
     */
    AppPulse(PhoneFiles files, LongPredicate logTellsOfItsEnd) {
        this.files = files;
        this.logTellsOfItsEnd = logTellsOfItsEnd;
    }

    /** Looks at a trial. */
    AgentStatus status(String trialId) {
        AgentStatus said = said(trialId);
        if (said.state() != State.RUNNING) {
            return said;
        }
        if (!beats.containsKey(trialId) && isOld(said)) {
            hasBeaten(trialId, said);
            pause();
            AgentStatus again = said(trialId);
            return again.state() == State.RUNNING && number(again, BEAT) == number(said, BEAT)
                    ? gone(trialId, said)
                    : again;
        }
        if (logTellsOfItsEnd.test(number(said, "pid"))) {
            return gone(trialId, said);
        }
        return hasBeaten(trialId, said) ? said : lost(said);
    }

    /** It stays so, unless it beats again. */
    private AgentStatus gone(String trialId, AgentStatus said) {
        beats.put(trialId, new Beat(number(said, BEAT), System.nanoTime() - SILENCE.toNanos()));
        return lost(said);
    }

    private AgentStatus said(String trialId) {
        Optional<String> text = files.with(afc -> afc.text(AppFolder.trial(trialId) + "/status", LONGEST));
        return text.map(StatusText::parse).orElseGet(AgentStatus::unknown);
    }

    private boolean hasBeaten(String trialId, AgentStatus status) {
        long beat = number(status, BEAT);
        Beat last = beats.get(trialId);
        long now = System.nanoTime();
        if (last == null || last.at() != beat) {
            beats.put(trialId, new Beat(beat, now));
            return true;
        }
        return now - last.seen() < SILENCE.toNanos();
    }

    /** Whether its beat is from long ago by the phone's clocks. */
    private boolean isOld(AgentStatus status) {
        long beat = number(status, BEAT);
        return beat != NOT_THERE
                && WallAndBoot.of(status)
                        .map(clocks ->
                                PhoneClock.ask(files.link()).now() - clocks.aheadNanos() - beat > SILENCE.toNanos())
                        .orElse(false);
    }

    private static void pause() {
        try {
            Thread.sleep(SECOND_LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static AgentStatus lost(AgentStatus status) {
        return as(status, State.LOST, Map.of());
    }

    /** The same in another state, and with further details. */
    static AgentStatus as(AgentStatus status, State state, Map<String, String> further) {
        TreeMap<String, String> details = new TreeMap<>(status.details());
        details.putAll(further);
        return new AgentStatus(
                state,
                status.bootId(),
                status.exitCode(),
                status.startNanos(),
                status.endNanos(),
                status.peakRssBytes(),
                status.ticks(),
                status.missedTicks(),
                details);
    }

    /** A number of a status; -1 where it is not there. */
    static long number(AgentStatus status, String key) {
        String value = status.details().getOrDefault(key, "");
        return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : NOT_THERE;
    }
}
