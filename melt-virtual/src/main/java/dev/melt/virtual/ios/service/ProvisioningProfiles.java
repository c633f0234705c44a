package dev.melt.virtual.ios.service;

import static dev.melt.virtual.ios.wire.Plists.dict;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.dd.plist.NSDate;
import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.device.InstalledApp;
import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.wire.Plists;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/**
 * The provisioning profiles on a phone: one for each app that is there, and those that were brought. Each is a property list in a
 * signed message that nobody signed. Its state is guarded by this object.
 */
final class ProvisioningProfiles {
    private static final int DAYS = 365;

    private final Iphone phone;
    private final Map<String, byte[]> brought = new LinkedHashMap<>();
    private final Set<String> removed = new HashSet<>();

    ProvisioningProfiles(Iphone phone) {
        this.phone = phone;
    }

    synchronized List<byte[]> all() {
        Stream<byte[]> own = phone.apps().all().stream()
                .filter(InstalledApp::user)
                .filter(app -> !removed.contains(id(app)))
                .map(app -> signed(profile(app)));
        return Stream.concat(own, brought.values().stream()).toList();
    }

    /** Returns whether it is one. */
    synchronized boolean install(byte[] profile) {
        Optional<String> id = content(profile).flatMap(found -> Plists.text(found, "UUID"));
        id.ifPresent(known -> brought.put(known, profile.clone()));
        return id.isPresent();
    }

    /** Returns whether there was one. */
    synchronized boolean remove(String id) {
        boolean own = phone.apps().all().stream().filter(InstalledApp::user).anyMatch(app -> id(app).equals(id));
        return brought.remove(id) != null || (own && removed.add(id));
    }

    private static String id(InstalledApp app) {
        return UUID.nameUUIDFromBytes(("profile " + app.bundleId()).getBytes(UTF_8))
                .toString();
    }

    private NSDictionary profile(InstalledApp app) {
        Instant end = phone.clock()
                .instant()
                .truncatedTo(ChronoUnit.SECONDS)
                .plus(Period.ofDays(phone.conditions().expired() ? -3 : DAYS / 2));
        return dict(
                "AppIDName", app.executable(),
                "ApplicationIdentifierPrefix", Plists.array(List.of(AppEntry.TEAM)),
                "CreationDate", date(end.minus(Period.ofDays(DAYS))),
                "Platform", Plists.array(List.of("iOS")),
                "IsXcodeManaged", true,
                "Entitlements", AppEntry.entitlements(phone, app.bundleId()),
                "ExpirationDate", date(end),
                "Name", "iOS Team Provisioning Profile: " + app.bundleId(),
                "ProvisionedDevices", Plists.array(List.of(phone.udid())),
                "TeamIdentifier", Plists.array(List.of(AppEntry.TEAM)),
                "TeamName", "Nobody",
                "TimeToLive", DAYS,
                "UUID", id(app),
                "Version", 1);
    }

    @SuppressWarnings("JavaUtilDate") // what the library of property lists takes
    private static NSDate date(Instant at) {
        return new NSDate(Date.from(at));
    }

    private static byte[] signed(NSDictionary content) {
        ContentInfo data = new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(Plists.xml(content)));
        SignedData message = new SignedData(new DERSet(), data, null, null, new DERSet());
        try {
            return new ContentInfo(PKCSObjectIdentifiers.signedData, message).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The property list in a message, wherever in it. */
    private static Optional<NSDictionary> content(byte[] profile) {
        String text = new String(profile, ISO_8859_1);
        int from = text.indexOf("<?xml");
        int to = text.indexOf("</plist>");
        if (from < 0 || to < from) {
            return Optional.empty();
        }
        try {
            return Optional.of(Plists.parseDict(Arrays.copyOfRange(profile, from, to + "</plist>".length())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
