package dev.melt.ios.agent;

import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.Stock;
import dev.melt.core.device.StockItem;
import dev.melt.ios.link.PhoneFiles;
import dev.melt.ios.mux.Afc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What of MELT's lies in the app's folder. */
final class AppStock {
    private static final int MARK = 256;
    private static final String PART = ".part";
    private static final String OK = ".ok";
    private static final long NANOS = 1_000_000_000L;

    private final PhoneFiles files;
    private final Function<String, AgentStatus> status;

    /**
     * Over an app's folder.
     *
     * @param status tells how a trial stands
     */
    AppStock(PhoneFiles files, Function<String, AgentStatus> status) {
        this.files = files;
        this.status = status;
    }

    Stock inventory() {
        List<String> trials = files.with(afc -> afc.list(AppFolder.TRIALS)).stream()
                .filter(id -> id.matches("[A-Za-z0-9_-]{1,64}"))
                .toList();
        Set<String> running = Set.copyOf(trials.stream().filter(this::runs).toList());
        return files.with(afc -> {
            List<StockItem> items = new ArrayList<>();
            for (String id : trials) {
                Folder folder = Folder.of(afc, AppFolder.trial(id));
                items.add(item(
                        StockItem.Kind.TRIAL, id, folder.bytes, Optional.of(folder.newestNanos), running.contains(id)));
            }
            for (String sha256 : afc.list(AppFolder.STORE)) {
                stored(afc, sha256, !running.isEmpty(), items);
            }
            return new Stock(items, afc.freeBytes());
        });
    }

    private boolean runs(String id) {
        return status.apply(id).state() == AgentStatus.State.RUNNING;
    }

    private static void stored(Afc afc, String sha256, boolean running, List<StockItem> items) {
        String folder = AppFolder.STORE + "/" + sha256;
        for (String name : afc.list(folder)) {
            Optional<Afc.Info> info = afc.info(folder + "/" + name);
            if (info.isEmpty() || name.endsWith(OK) || name.endsWith(".new") || name.endsWith(".bad")) {
                continue;
            }
            boolean part = name.endsWith(PART);
            Optional<Long> used = afc.text(folder + "/" + name + OK, MARK)
                    .flatMap(AppStock::useOf)
                    .or(() -> info.map(Afc.Info::modifiedNanos));
            items.add(item(
                    part ? StockItem.Kind.PART : StockItem.Kind.FILE,
                    sha256 + "/" + name,
                    info.get().bytes(),
                    used,
                    running && !part)); // which model a trial uses stands in its request; all are kept meanwhile
        }
    }

    private static Optional<Long> useOf(String mark) {
        List<String> lines = mark.lines().toList();
        return lines.size() > 1 && lines.get(1).matches("[1-9][0-9]{0,11}")
                ? Optional.of(Long.parseLong(lines.get(1)) * NANOS)
                : Optional.empty();
    }

    private static StockItem item(
            StockItem.Kind kind, String name, long bytes, Optional<Long> usedNanos, boolean busy) {
        long now = System.currentTimeMillis() * 1_000_000L;
        Optional<Duration> unused = usedNanos.filter(at -> at > 0).map(at -> Duration.ofNanos(Math.max(0, now - at)));
        return new StockItem(kind, name, bytes, unused, busy, Set.of());
    }

    /** Whether it is gone. */
    boolean forget(StockItem.Kind kind, String name) {
        switch (kind) {
            case TRIAL -> {
                if (runs(name)) {
                    return false;
                }
                remove(afc -> afc.removeAll(AppFolder.trial(name)));
            }
            case FILE, PART -> {
                boolean running =
                        files.with(afc -> afc.list(AppFolder.TRIALS)).stream().anyMatch(this::runs);
                if (kind == StockItem.Kind.FILE && running) {
                    return false;
                }
                int slash = name.indexOf('/');
                String stored = AppFolder.stored(name.substring(0, Math.max(0, slash)), name.substring(slash + 1));
                remove(afc -> {
                    afc.remove(stored + OK);
                    afc.remove(stored);
                    String folder = stored.substring(0, stored.lastIndexOf('/'));
                    if (afc.list(folder).isEmpty()) {
                        afc.remove(folder);
                    }
                });
            }
            default -> {
                return true; // there is nothing of that kind on a phone
            }
        }
        return true;
    }

    private interface Removal {
        void from(Afc afc);
    }

    private void remove(Removal removal) {
        files.with(afc -> {
            removal.from(afc);
            return true;
        });
    }

    /** What lies in a folder. */
    private static final class Folder {
        private long bytes;
        private long newestNanos;

        static Folder of(Afc afc, String path) {
            Folder folder = new Folder();
            for (String name : afc.list(path)) {
                afc.info(path + "/" + name).ifPresent(info -> {
                    folder.bytes += info.folder() ? 0 : info.bytes();
                    folder.newestNanos = Math.max(folder.newestNanos, info.modifiedNanos());
                });
            }
            return folder;
        }
    }
}
