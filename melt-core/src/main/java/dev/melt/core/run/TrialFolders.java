package dev.melt.core.run;

import dev.melt.core.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a trial's raw files are kept on this host: {@code runs/RUN/trials/TRIAL/a1}, a folder an attempt.
 *
 * @param home of MELT; artifacts are named by their path below it
 */
record TrialFolders(Home home, String runId, String trialId) {
    Path attempt(int number) {
        return home.trialFolder(runId, trialId).resolve("a" + number);
    }

    /** The folders of the attempts up to this one that left something, oldest first. */
    List<Path> existing(int attempts) {
        List<Path> folders = new ArrayList<>();
        for (int number = 1; number <= attempts; number++) {
            if (Files.isRegularFile(attempt(number).resolve("status"))) {
                folders.add(attempt(number));
            }
        }
        return folders;
    }

    /** What a trial is called on the device. */
    String deviceId(int attempt) {
        return trialId + "-a" + attempt;
    }
}
