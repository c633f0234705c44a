package dev.melt.ios.agent;

import dev.melt.core.device.TransferListener;
import dev.melt.ios.link.PhoneFiles;
import dev.melt.ios.link.PhonePull;
import dev.melt.ios.mux.Afc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a trial has left in the app's folder. */
record TrialFolder(PhoneFiles files, String trialId) {
    /** Brings everything; files that only grow are gone on with. */
    List<Path> bringTo(Path folder) {
        String there = AppFolder.trial(trialId);
        Map<String, Long> sizes = sizes(there);
        PhonePull pull = new PhonePull(files);
        List<Path> collected = new ArrayList<>();
        sizes.forEach((name, size) -> {
            Path target = made(folder).resolve(name);
            if (name.equals("status")) { // always replaced as a whole
                pull.pull(there + "/" + name, target, TransferListener.NONE);
            } else if (size == 0) {
                empty(target);
            } else {
                pull.follow(there + "/" + name, target, size);
            }
            collected.add(target);
        });
        return collected;
    }

    private Map<String, Long> sizes(String there) {
        return files.with(afc -> {
            Map<String, Long> sizes = new TreeMap<>();
            for (String name : afc.list(there)) {
                if (name.matches(AppFolder.PLAIN_NAME) && !name.endsWith(".new") && !name.endsWith(".part")) {
                    afc.info(there + "/" + name)
                            .filter(info -> !info.folder())
                            .map(Afc.Info::bytes)
                            .ifPresent(bytes -> sizes.put(name, bytes));
                }
            }
            return sizes;
        });
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void empty(Path target) {
        try {
            Files.write(target, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
