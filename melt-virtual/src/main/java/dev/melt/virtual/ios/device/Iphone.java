package dev.melt.virtual.ios.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;

/** A phone, without its cable and its services. Safe for use by several threads. */
public final class Iphone {
    private final IphoneProfile profile;
    private final String udid;
    private final String serial;
    private final IphoneConditions conditions;
    private final IphoneLife life;
    private final IphoneDisk disk;
    private final Path media;
    private final Apps apps;
    private final AppRuns runs;
    private final Syslog syslog;
    private final Reports reports;
    private final Trusted trusted;
    private final Clock clock = new WallClock();

    /**
     * A phone whose files lie in a folder.
     *
     * @param seed of its identifiers
     * @param limit room for data; empty: what a phone in use has
     */
    public Iphone(
            IphoneProfile profile,
            long seed,
            IphoneConditions conditions,
            IphoneLife life,
            Path folder,
            OptionalLong limit)
            throws IOException {
        this.profile = profile;
        this.conditions = conditions;
        this.life = life;
        Random numbers = new Random(seed);
        this.udid = udid(profile, numbers);
        this.serial = String.format(Locale.ROOT, "FAKE%08X", numbers.nextInt());
        Path data = Files.createDirectories(folder.resolve("data"));
        this.disk = new IphoneDisk(data, profile, limit);
        this.media = Files.createDirectories(data.resolve("Media"));
        this.apps = new Apps(data.resolve("Containers"));
        this.syslog = new Syslog(clock, conditions::name);
        this.reports = new Reports(data.resolve("CrashReports"), clock, profile, conditions::release);
        this.trusted = new Trusted(folder.resolve("trusted"));
        this.runs = new AppRuns(this);
    }

    /** What kind it is. */
    public IphoneProfile profile() {
        return profile;
    }

    /** Its identifier, as tools show it. */
    public String udid() {
        return udid;
    }

    /** Its serial number, which nobody can take for one of Apple's. */
    public String serial() {
        return serial;
    }

    /** How it is set. */
    public IphoneConditions conditions() {
        return conditions;
    }

    /** Its battery and its heat. */
    public IphoneLife life() {
        return life;
    }

    /** The room that is left. */
    public IphoneDisk disk() {
        return disk;
    }

    /** What every trusted host may see of its files, on this machine. */
    public Path media() {
        return media;
    }

    /** What is installed. */
    public Apps apps() {
        return apps;
    }

    /** What runs. */
    public AppRuns runs() {
        return runs;
    }

    /** Its log. */
    public Syslog syslog() {
        return syslog;
    }

    /** What it wrote down of apps that ended badly. */
    public Reports reports() {
        return reports;
    }

    /** The hosts that it trusts, and its own key. */
    public Trusted trusted() {
        return trusted;
    }

    /** Its wall clock, in UTC. */
    public Clock clock() {
        return clock;
    }

    /** What an app may hold before it is ended. */
    public long appBytes() {
        return conditions.appBytes().orElse(conditions.entitled() ? profile.entitledBytes() : profile.appBytes());
    }

    private static String udid(IphoneProfile profile, Random numbers) {
        return profile.udidLength() == 25
                ? String.format(Locale.ROOT, "%08X-00FACADE%08X", profile.chipId(), numbers.nextInt())
                : String.format(Locale.ROOT, "%08x", numbers.nextInt()) + "facade".repeat(5) + "00";
    }

    private final class WallClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(instant(), zone);
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plusMillis(conditions.clockAheadMillis());
        }
    }
}
