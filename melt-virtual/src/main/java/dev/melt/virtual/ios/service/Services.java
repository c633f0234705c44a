package dev.melt.virtual.ios.service;

import dev.melt.virtual.ios.device.IosRelease;
import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.device.IphoneConditions;
import dev.melt.virtual.ios.mux.MuxDevice;
import java.util.Optional;

/** The services that lockdownd can start on a phone, as it is at the moment. Safe for use by several threads. */
public final class Services {
    private final Iphone phone;
    private final Runnable restart;
    private final ProvisioningProfiles profiles;
    private final Notifications notifications = new Notifications();

    /** How a service is had. */
    enum Seal {
        /** Within TLS. */
        WITHIN,
        /** After a handshake of TLS, in the open. */
        HANDSHAKE_ONLY
    }

    /** What lockdownd offers. */
    record Offer(Seal seal, MuxDevice.Answering answering) {}

    /**
     * Those of one phone.
     *
     * @param restart done when a host asks for it; it must not wait
     */
    public Services(Iphone phone, Runnable restart) {
        this.phone = phone;
        this.restart = restart;
        this.profiles = new ProvisioningProfiles(phone);
    }

    /** The error with which lockdownd refuses a service just now; empty when it does not. */
    Optional<String> refusal(String name) {
        if (find(name).isEmpty()) {
            return Optional.of("InvalidService");
        }
        boolean closed = phone.conditions().lock() == IphoneConditions.Lock.SERVICES;
        boolean developers = name.startsWith("com.apple.debugserver")
                || name.equals("com.apple.mobile.mobile_image_mounter")
                || name.equals("com.apple.syslog_relay");
        return closed && developers ? Optional.of("PasswordProtected") : Optional.empty();
    }

    /** One by its name. */
    Optional<Offer> find(String name) {
        return switch (name) {
            case "com.apple.debugserver" -> debugger(Seal.HANDSHAKE_ONLY);
            case "com.apple.debugserver.DVTSecureSocketProxy" ->
                phone.conditions().release().hasSecureDebugger() ? debugger(Seal.WITHIN) : Optional.empty();
            default -> plain(name).map(answering -> new Offer(Seal.WITHIN, answering));
        };
    }

    private Optional<Offer> debugger(Seal seal) {
        IosRelease release = phone.conditions().release();
        boolean there =
                !release.needsTunnel() && phone.conditions().imageSignature().isPresent();
        return there ? Optional.of(new Offer(seal, wire -> new DebugServer(phone, wire).run())) : Optional.empty();
    }

    private Optional<MuxDevice.Answering> plain(String name) {
        return switch (name) {
            case "com.apple.afc" ->
                Optional.of(wire -> new AfcServer(phone, AfcFolder.whole(phone.media()), wire).run());
            case "com.apple.mobile.house_arrest" -> Optional.of(wire -> new HouseArrest(phone, wire).run());
            case "com.apple.mobile.diagnostics_relay" ->
                Optional.of(wire -> new Diagnostics(phone, restart, wire).run());
            case "com.apple.mobile.installation_proxy" ->
                Optional.of(wire -> new InstallationProxy(phone, notifications, wire).run());
            case "com.apple.mobile.mobile_image_mounter" -> Optional.of(wire -> new ImageMounter(phone, wire).run());
            case "com.apple.syslog_relay" -> Optional.of(wire -> new SyslogRelay(phone, wire).run());
            case "com.apple.crashreportmover" -> Optional.of(wire -> new CrashMover(wire).run());
            case "com.apple.crashreportcopymobile" ->
                Optional.of(wire ->
                        new AfcServer(phone, AfcFolder.whole(phone.reports().folder()), wire).run());
            case "com.apple.misagent" -> Optional.of(wire -> new Misagent(profiles, wire).run());
            case "com.apple.mobile.heartbeat" -> Optional.of(wire -> new Heartbeat(wire).run());
            case "com.apple.mobile.notification_proxy" -> Optional.of(notifications.answering());
            default -> Optional.empty();
        };
    }
}
