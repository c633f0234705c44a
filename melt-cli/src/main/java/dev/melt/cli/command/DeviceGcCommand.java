package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.Bytes;
import dev.melt.cli.text.JsonOut;
import dev.melt.cli.text.Listing;
import dev.melt.core.cleanup.Choice;
import dev.melt.core.cleanup.CleanupPlan;
import dev.melt.core.cleanup.HostClaims;
import dev.melt.core.device.Agent;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceProfile;
import dev.melt.core.device.Devices;
import dev.melt.core.device.Stock;
import dev.melt.core.file.ByteSize;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.SqliteRunStore;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code melt device gc}: removes from a device what MELT brought there and needs no more. */
@Command(
        description = {
            "",
            "Copies that broke, trials whose results are here and older agents go in any case; then models and bundles,"
                    + " those first that were used least recently, until the quota is kept. What something uses that runs"
                    + " there stays, and so does a trial that was not collected yet. What is needed again is pushed again."
        },
        footer = {
            "  melt device gc pixel8 --dry-run",
            "  melt device gc pixel8 --quota 4GB",
            "  melt device gc local --json"
        })
public final class DeviceGcCommand implements MeltCommand {
    /** Room for two models of 7 billion parameters in four bits, which a phone with 128 GB can spare. */
    private static final String USUAL_QUOTA = "8GB";

    @Parameters(paramLabel = "DEVICE", description = "as 'melt devices' shows, or a name in configs/devices")
    private String device = "";

    @Option(
            names = "--quota",
            paramLabel = "SIZE",
            description = "what may stay: 500MB, 8GB, 8GiB (default: the profile's quota, else 8GB)")
    private @Nullable String quota;

    @Option(names = "--dry-run", description = "show what would go, remove nothing")
    private boolean dryRun;

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) {
        Devices devices = Devices.installed(session.configs(), session.driverContext());
        long bytes = quota(devices);
        try (DeviceDriver driver = devices.open(device)) {
            Agent agent = driver.agent();
            agent.install();
            CleanupPlan plan = CleanupPlan.of(agent.inventory(), claims(session), bytes);
            CleanupPlan done = dryRun ? plan : plan.carryOut(agent);
            Stock after = agent.inventory();
            if (output.json()) {
                json(session, done, after);
            } else {
                text(session, done, after);
            }
        }
        return ExitCode.DONE;
    }

    private long quota(Devices devices) {
        return quota != null
                ? ByteSize.parse("--quota", quota)
                : ByteSize.parse(
                        "quota of " + device,
                        devices.profile(device).flatMap(DeviceProfile::quota).orElse(USUAL_QUOTA));
    }

    private static HostClaims claims(Session session) {
        if (!Files.exists(session.home().resolve("melt.db"))) {
            return HostClaims.NONE; // looking must not make a store
        }
        try (RunStore store = SqliteRunStore.open(session.openHome(), Clock.systemUTC())) {
            return HostClaims.of(store);
        }
    }

    private Listing<Choice> listing() {
        String gone = dryRun ? "would go" : "removed";
        return new Listing<Choice>()
                .words("kind", choice -> choice.item().kind().name().toLowerCase(Locale.ROOT))
                .jsonOnly("name", choice -> choice.item().name())
                .tableOnly("name", choice -> shorter(choice.item().name()))
                .figures("bytes", choice -> Optional.of(choice.item().bytes()), Bytes::text)
                .figures("unused_seconds", choice -> choice.item().unused().map(Duration::toSeconds), Ages::text)
                .tableOnly("", choice -> choice.goes() ? gone : "kept")
                .jsonOnly("goes", Choice::goes)
                .words("why", Choice::reason);
    }

    /** A hash by its first digits, which tell it from any other. */
    private static String shorter(String name) {
        return name.replaceFirst("^([0-9a-f]{12})[0-9a-f]{52}", "$1…");
    }

    private void json(Session session, CleanupPlan done, Stock after) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("device", device);
        object.put("dry_run", dryRun);
        object.put("quota_bytes", done.quotaBytes());
        object.put("removed_bytes", dryRun ? 0 : done.bytes(true));
        object.put("kept_bytes", after.bytes());
        after.freeBytes().ifPresent(free -> object.put("free_bytes", free));
        object.put("things", listing().objects(done.choices()));
        JsonOut.print(session.out(), object);
    }

    private void text(Session session, CleanupPlan done, Stock after) {
        listing().print(session, done.choices(), false, "nothing of MELT's lies on " + device);
        long kept = done.bytes(false);
        session.say((dryRun ? "would remove " : "removed ") + things(done.count(true)) + ", "
                + Bytes.text(done.bytes(true)) + "; " + (dryRun ? "would keep " : "kept ") + things(done.count(false))
                + ", "
                + Bytes.text(kept) + ", of a quota of " + Bytes.text(done.quotaBytes())
                + (after.freeBytes().isPresent()
                        ? "; " + Bytes.text(after.freeBytes().getAsLong()) + " free on the device"
                        : ""));
        if (kept > done.quotaBytes()) {
            session.say("what is kept is above the quota, because it is in use");
        }
    }

    private static String things(long number) {
        return number == 1 ? "1 thing" : number + " things";
    }
}
