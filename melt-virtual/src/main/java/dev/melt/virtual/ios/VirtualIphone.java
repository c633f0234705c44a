package dev.melt.virtual.ios;

import dev.melt.virtual.ios.app.PhoneApp;
import dev.melt.virtual.ios.device.AppProcess;
import dev.melt.virtual.ios.device.InstalledApp;
import dev.melt.virtual.ios.device.IosRelease;
import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.device.IphoneConditions;
import dev.melt.virtual.ios.device.IphoneLife;
import dev.melt.virtual.ios.device.IphoneProfile;
import dev.melt.virtual.ios.device.LaunchRefused;
import dev.melt.virtual.ios.mux.Usbmuxd;
import dev.melt.virtual.ios.service.PhonePorts;
import dev.melt.virtual.ios.service.Services;
import dev.melt.virtual.ios.service.TlsUse;
import dev.melt.virtual.machine.Heart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An iPhone that is not there, on the cable of a usbmuxd that is: the idevice tools of libimobiledevice find it, pair with it and use
 * its services. Behind it are a small physical model and the apps that it was given, which run on this machine's processors.
 *
 * <p>Starts when it is made, ends with {@link #close} and its apps with it; its folder keeps its files for a phone that is made there
 * again. Safe for use by several threads.
 */
public final class VirtualIphone implements AutoCloseable {
    private static final byte IMAGE = (byte) 0xaa;
    private static final int IMAGE_LENGTH = 32;

    /** How long it is gone while it boots: shorter than a real one. */
    static final Duration DOWNTIME = Duration.ofSeconds(1);

    /**
     * How a phone is to be.
     *
     * @param seed of its noise and of its identifiers
     * @param pace how fast its battery and its heat live; 1 is as fast as a real one's
     * @param gauge how often the gauge on its battery is read
     * @param tls where it asks for TLS
     * @param dataBytes room for data; empty: what a phone in use has
     * @param cableFeeds whether power comes through the cable
     * @param version of iOS; empty: what this kind of phone comes with
     * @param apps that are installed
     * @param words for {@link IphoneRemote} that are obeyed before it is handed out
     */
    public record Options(
            long seed,
            double pace,
            Duration gauge,
            TlsUse tls,
            OptionalLong dataBytes,
            boolean cableFeeds,
            Optional<String> version,
            List<PhoneApp> apps,
            List<String> words) {
        /** A phone that a developer has made ready: it trusts who asks, is unlocked, and has the developers' image mounted. */
        public static final Options PLAIN = new Options(
                1,
                1,
                Duration.ofSeconds(20),
                TlsUse.EVERYWHERE,
                OptionalLong.empty(),
                true,
                Optional.empty(),
                List.of(),
                List.of());

        public Options {
            if (!(pace > 0) || pace > 10_000) {
                throw new IllegalArgumentException("pace must be above 0 and at most 10000, was " + pace);
            }
            apps = List.copyOf(apps);
            words = List.copyOf(words);
        }

        public Options withSeed(long other) {
            return new Options(other, pace, gauge, tls, dataBytes, cableFeeds, version, apps, words);
        }

        public Options withPace(double other) {
            return new Options(seed, other, gauge, tls, dataBytes, cableFeeds, version, apps, words);
        }

        public Options withGauge(Duration other) {
            return new Options(seed, pace, other, tls, dataBytes, cableFeeds, version, apps, words);
        }

        public Options withTls(TlsUse other) {
            return new Options(seed, pace, gauge, other, dataBytes, cableFeeds, version, apps, words);
        }

        public Options withData(long bytes) {
            return new Options(seed, pace, gauge, tls, OptionalLong.of(bytes), cableFeeds, version, apps, words);
        }

        /** With a cable through which no power comes. */
        public Options withoutPower() {
            return new Options(seed, pace, gauge, tls, dataBytes, false, version, apps, words);
        }

        /** With another iOS, such as {@code 15.8}. */
        public Options withVersion(String other) {
            return new Options(seed, pace, gauge, tls, dataBytes, cableFeeds, Optional.of(other), apps, words);
        }

        public Options withApps(PhoneApp... others) {
            return new Options(seed, pace, gauge, tls, dataBytes, cableFeeds, version, Arrays.asList(others), words);
        }

        /** With something done to it before, as {@link IphoneRemote#WORDS} has it. */
        public Options withWords(String... others) {
            return new Options(seed, pace, gauge, tls, dataBytes, cableFeeds, version, apps, Arrays.asList(others));
        }
    }

    private final Usbmuxd usbmuxd;
    private final boolean ownsUsbmuxd;
    private final Iphone phone;
    private final PhonePorts ports;
    private final IphoneFaults faults;
    private final Heart heart;

    private VirtualIphone(IphoneProfile profile, Options options, Path folder, Usbmuxd usbmuxd, boolean owned)
            throws IOException {
        this.usbmuxd = usbmuxd;
        this.ownsUsbmuxd = owned;
        IosRelease release = new IosRelease(options.version().orElse(profile.version()));
        IphoneConditions conditions = new IphoneConditions(release, "Virtual iPhone");
        conditions.imageSignature(Optional.of(image()));
        IphoneLife life =
                new IphoneLife(profile, options.seed(), options.pace(), options.gauge(), options.cableFeeds());
        this.phone = new Iphone(profile, options.seed(), conditions, life, folder, options.dataBytes());
        for (PhoneApp app : options.apps()) {
            phone.apps().install(app);
        }
        this.ports = new PhonePorts(phone, new Services(phone, this::restart), options.tls());
        this.faults = new IphoneFaults(this, ports.cable());
        this.heart = new Heart("virtual iPhone " + phone.udid(), life::beat);
    }

    /**
     * Starts a phone on a usbmuxd of its own.
     *
     * @param folder where its files lie; made when it is missing
     */
    public static VirtualIphone start(IphoneProfile profile, Options options, Path folder) throws IOException {
        Usbmuxd own = new Usbmuxd(folder.resolve("host"));
        try {
            return new VirtualIphone(profile, options, folder, own, true).begin(options);
        } catch (IOException | IllegalArgumentException e) {
            own.close();
            throw e;
        }
    }

    /** Starts a phone on a usbmuxd that others use too, and that stays when the phone ends. */
    public static VirtualIphone start(IphoneProfile profile, Options options, Path folder, Usbmuxd usbmuxd)
            throws IOException {
        return new VirtualIphone(profile, options, folder, usbmuxd, false).begin(options);
    }

    /** What the idevice tools need in their environment to find it: {@code USBMUXD_SOCKET_ADDRESS}. */
    public Map<String, String> environment() {
        return usbmuxd.environment();
    }

    /** What it hangs on. */
    public Usbmuxd usbmuxd() {
        return usbmuxd;
    }

    /** Its identifier. */
    public String udid() {
        return phone.udid();
    }

    public IphoneProfile profile() {
        return phone.profile();
    }

    /** What can be made to go wrong. */
    public IphoneFaults faults() {
        return faults;
    }

    /** How it is set, for whoever wants to set it otherwise. */
    public IphoneConditions conditions() {
        return phone.conditions();
    }

    /** Installs an app, or another version of one; its data stay. */
    public void install(PhoneApp app) throws IOException {
        phone.apps().install(app);
    }

    /**
     * Takes an app away with its data; it is ended when it runs.
     *
     * @return whether there was one
     */
    public boolean uninstall(String bundleId) throws IOException {
        phone.runs().named(bundleId).ifPresent(phone.runs()::kill);
        return phone.apps().uninstall(bundleId);
    }

    /**
     * Where the {@code Documents} of an app lie on this machine.
     *
     * @throws IllegalStateException when it is not installed
     */
    public Path documents(String bundleId) {
        return installed(bundleId).documents();
    }

    /**
     * Where the program of an app is on the phone, as a debugger names it.
     *
     * @throws IllegalStateException when it is not installed
     */
    public String programPath(String bundleId) {
        return installed(bundleId).path() + "/" + installed(bundleId).executable();
    }

    /** Where the phone's reports of what was ended or fell lie on this machine. */
    public Path reports() {
        return phone.reports().folder();
    }

    /** The app that runs of that identifier. */
    public Optional<AppProcess> running(String bundleId) {
        return phone.runs().named(bundleId);
    }

    /**
     * Launches an app as a person does with a finger: nobody hears what it prints.
     *
     * @throws IllegalStateException when it is not installed, or iOS does not start it
     */
    public AppProcess launch(String bundleId) {
        try {
            return phone.runs().launch(installed(bundleId), List.of(), Map.of(), line -> {});
        } catch (LaunchRefused e) {
            throw new IllegalStateException(e.reason(), e);
        }
    }

    /**
     * What the app that runs can ask of the phone.
     *
     * @throws IllegalStateException when none of that identifier runs
     */
    public PhoneApp.PhoneSenses senses(String bundleId) {
        return phone.runs().senses(bundleId).orElseThrow(() -> new IllegalStateException(bundleId + " does not run"));
    }

    /** How many hosts listen to its log. */
    public int logListeners() {
        return phone.syslog().listeners();
    }

    /** Its wall clock. */
    public Clock clock() {
        return phone.clock();
    }

    /** Puts the phone on its cable or takes it off: then all connections end, and what runs goes on. */
    public void plug(boolean on) {
        if (on) {
            phone.life().plug(true);
            usbmuxd.attach(ports);
        } else {
            usbmuxd.detach(ports);
            phone.life().plug(false);
        }
    }

    /** How many connections there are over its cable. */
    public int connections() {
        return ports.cable().connections();
    }

    /** Whether it is on its cable. */
    public boolean isPlugged() {
        return usbmuxd.isAttached(ports);
    }

    /** Sets the battery's state of charge, 0 to 1. */
    public void batteryLevel(double share) {
        phone.life().level(share);
    }

    /** Brings the whole phone to a temperature in °C, from which it cools or warms as usual. */
    public void warm(double degrees) {
        phone.life().warm(degrees);
    }

    @Override
    public void close() throws IOException {
        usbmuxd.detach(ports);
        phone.runs().all().forEach(phone.runs()::kill);
        heart.close();
        if (ownsUsbmuxd) {
            usbmuxd.close();
        }
    }

    Iphone phone() {
        return phone;
    }

    /** As a host asked; returns at once. */
    private void restart() {
        Thread thread = new Thread(() -> faults.reboot(DOWNTIME), "restart");
        thread.setDaemon(true);
        thread.start();
    }

    private InstalledApp installed(String bundleId) {
        return phone.apps()
                .named(bundleId)
                .orElseThrow(() -> new IllegalStateException(bundleId + " is not installed"));
    }

    /** The signature of the image that a developer has mounted before. */
    static byte[] image() {
        byte[] image = new byte[IMAGE_LENGTH];
        Arrays.fill(image, IMAGE);
        return image;
    }

    /** The words may be about the cable, so that it is on it before they are obeyed. */
    private VirtualIphone begin(Options options) throws IOException {
        plug(true);
        List<String> problems = new IphoneRemote(this).obey(String.join(";", options.words()));
        if (!problems.isEmpty()) {
            close();
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return this;
    }
}
