package dev.melt.core.cleanup;

import dev.melt.core.device.Agent;
import dev.melt.core.device.Stock;
import dev.melt.core.device.StockItem;
import dev.melt.core.device.StockItem.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What goes from a device and what stays, each with its reason. Copies that broke, trials that are settled and old agents go in any
 * case; then bundles and stored files, those first that were used least recently, until what remains is at most the quota. What
 * something uses that runs there stays, and so does what a run of this host still wants.
 */
public record CleanupPlan(List<Choice> choices, long quotaBytes) {
    /** So long a copy that is not whole may be one that goes on. */
    private static final Duration COPYING = Duration.ofHours(1);

    /** So long a trial that this host knows nothing of may be one that another host comes back for. */
    private static final Duration OTHER_HOST = Duration.ofDays(1);

    /** So long a run of this host that is marked as going on is believed to; one that was killed stays marked. */
    private static final Duration GOING_ON = Duration.ofDays(7);

    public CleanupPlan {
        choices = List.copyOf(choices);
    }

    /** Makes a plan; removes nothing. */
    public static CleanupPlan of(Stock stock, HostClaims claims, long quotaBytes) {
        Map<StockItem, Choice> choices =
                new TreeMap<>(Comparator.comparing(StockItem::kind).thenComparing(StockItem::name));
        List<StockItem> candidates = new ArrayList<>();
        for (StockItem item : stock.items()) {
            Optional<Choice> choice = regardlessOfQuota(item, claims);
            choice.ifPresentOrElse(made -> choices.put(item, made), () -> candidates.add(item));
        }
        long remaining = candidates.stream().mapToLong(StockItem::bytes).sum()
                + choices.values().stream()
                        .filter(choice -> !choice.goes())
                        .mapToLong(choice -> choice.item().bytes())
                        .sum();
        for (StockItem item : leastRecentlyUsedFirst(candidates)) {
            boolean goes = remaining > quotaBytes;
            choices.put(
                    item, new Choice(item, goes, goes ? "used least recently, above the quota" : "within the quota"));
            remaining -= goes ? item.bytes() : 0;
        }
        return new CleanupPlan(List.copyOf(choices.values()), quotaBytes);
    }

    /** Empty for what the quota decides. */
    private static Optional<Choice> regardlessOfQuota(StockItem item, HostClaims claims) {
        if (item.busy()) {
            return Optional.of(Choice.keep(item, item.kind() == Kind.TRIAL ? "runs" : "in use"));
        }
        return switch (item.kind()) {
            case TRIAL -> Optional.of(trial(item, claims));
            case PART ->
                Optional.of(
                        younger(item, COPYING)
                                ? Choice.keep(item, "may still be arriving")
                                : Choice.remove(item, "left by a copy that broke"));
            case AGENT -> Optional.of(Choice.remove(item, "another version of the agent"));
            case BUNDLE, FILE ->
                Optional.ofNullable(claims.hashes().get(item.hash()))
                        .filter(run -> younger(item, GOING_ON))
                        .map(run -> Choice.keep(item, "run " + run + " goes on with it"));
        };
    }

    /** A trial is called by its id and the number of its attempt on a device. */
    private static Choice trial(StockItem item, HostClaims claims) {
        String id = item.name().replaceFirst("-a[0-9]+$", "");
        if (claims.wanted().containsKey(id)) {
            return Choice.keep(
                    item, "not collected yet: melt resume " + claims.wanted().get(id));
        }
        if (claims.settled().contains(id)) {
            return Choice.remove(item, "its results are on this host");
        }
        return item.unused().isPresent() && !younger(item, OTHER_HOST)
                ? Choice.remove(item, "of no run of this host, a day old")
                : Choice.keep(item, "may be another host's, kept for a day");
    }

    private static boolean younger(StockItem item, Duration age) {
        return item.unused().filter(unused -> unused.compareTo(age) < 0).isPresent();
    }

    /**
     * A stored file of which a bundle holds a further name frees nothing while the bundle is there, so it counts as used when the bundle
     * was, and goes after it. What was never seen to be used goes first.
     */
    private static List<StockItem> leastRecentlyUsedFirst(List<StockItem> candidates) {
        Map<StockItem, Duration> unused = new HashMap<>();
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        candidates.forEach(item -> unused.put(item, item.unused().orElse(longest)));
        for (StockItem bundle : candidates) {
            candidates.stream()
                    .filter(item -> item.kind() == Kind.FILE && bundle.shares().contains(item.name()))
                    .forEach(file -> unused.merge(
                            file, unused.getOrDefault(bundle, longest), (own, of) -> own.compareTo(of) < 0 ? own : of));
        }
        Comparator<StockItem> longUnusedFirst =
                Comparator.comparing(item -> unused.getOrDefault(item, longest), Comparator.reverseOrder());
        return candidates.stream()
                .sorted(longUnusedFirst
                        .thenComparing(item -> item.kind() == Kind.BUNDLE ? 0 : 1)
                        .thenComparing(StockItem::name))
                .toList();
    }

    /**
     * Removes what goes.
     *
     * @return what became of it: what came into use meanwhile is kept
     */
    public CleanupPlan carryOut(Agent agent) {
        return new CleanupPlan(
                choices.stream()
                        .map(choice -> choice.goes()
                                        && !agent.forget(
                                                choice.item().kind(),
                                                choice.item().name())
                                ? Choice.keep(choice.item(), "came into use")
                                : choice)
                        .toList(),
                quotaBytes);
    }

    /** Bytes of what goes, or of what stays. */
    public long bytes(boolean goes) {
        return choices.stream()
                .filter(choice -> choice.goes() == goes)
                .mapToLong(choice -> choice.item().bytes())
                .sum();
    }

    /** How many things go, or stay. */
    public long count(boolean goes) {
        return choices.stream().filter(choice -> choice.goes() == goes).count();
    }
}
