package dev.melt.virtual.ios.service;

import static dev.melt.virtual.ios.wire.Plists.dict;

import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSObject;
import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.device.IphoneConditions;
import dev.melt.virtual.ios.mux.MuxDevice;
import dev.melt.virtual.ios.tls.TlsIdentity;
import dev.melt.virtual.ios.tls.TlsWire;
import dev.melt.virtual.ios.wire.PlistWire;
import dev.melt.virtual.ios.wire.Plists;
import dev.melt.virtual.ios.wire.Wire;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** One connection to lockdownd. One thread serves it. */
final class LockdownSession {
    private final Iphone phone;
    private final Services services;
    private final PhonePorts ports;
    private final TlsUse tls;
    private final Wire plain;
    private final LockdownValues values;
    private Wire wire;
    private Optional<TlsIdentity> session = Optional.empty();
    private boolean tlsNext;

    LockdownSession(Iphone phone, Services services, PhonePorts ports, TlsUse tls, Wire plain) {
        this.phone = phone;
        this.services = services;
        this.ports = ports;
        this.tls = tls;
        this.plain = plain;
        this.wire = plain;
        this.values = new LockdownValues(phone);
    }

    void run() throws IOException {
        while (true) {
            Optional<NSDictionary> request = new PlistWire(wire).read();
            if (request.isEmpty() && wire == plain) {
                return;
            }
            if (request.isEmpty()) {
                // the host has left TLS: it may go on without
                wire = plain;
                session = Optional.empty();
                continue;
            }
            NSDictionary answer = answer(request.get());
            new PlistWire(wire).write(answer);
            if (tlsNext) {
                tlsNext = false;
                wire = TlsWire.accept(plain, session.orElseThrow());
            }
        }
    }

    private NSDictionary answer(NSDictionary request) throws IOException {
        String name = Plists.text(request, "Request").orElse("");
        return switch (name) {
            case "QueryType" -> dict("Request", name, "Type", "com.apple.mobile.lockdown");
            case "GetValue" -> getValue(request);
            case "SetValue" -> setValue(request);
            case "Pair" -> pair(request);
            case "ValidatePair" -> phone.trusted().contains(host(request)) ? done(name) : error(name, "InvalidHostID");
            case "Unpair" -> phone.trusted().remove(host(request)) ? done(name) : error(name, "InvalidHostID");
            case "StartSession" -> startSession(request);
            case "StopSession" -> {
                session = Optional.empty();
                yield done(name);
            }
            case "StartService" -> startService(request);
            case "Goodbye" -> done(name);
            default -> error(name, "InvalidRequest");
        };
    }

    private NSDictionary getValue(NSDictionary request) throws IOException {
        NSDictionary answer = echo(request);
        Optional<String> domain = Plists.text(request, "Domain");
        Optional<String> key = Plists.text(request, "Key");
        Optional<NSObject> value = values.get(domain.orElse(""), key, session.isPresent());
        if (value.isPresent()) {
            answer.put("Value", value.get());
        } else {
            boolean secret = session.isEmpty()
                    && values.get(domain.orElse(""), key, true).isPresent();
            answer.put("Error", secret ? "GetProhibited" : "MissingValue");
        }
        return answer;
    }

    private NSDictionary setValue(NSDictionary request) {
        NSDictionary answer = echo(request);
        Optional<NSObject> value = Plists.value(request, "Value");
        boolean set = session.isPresent()
                && value.isPresent()
                && values.set(
                        Plists.text(request, "Domain").orElse(""),
                        Plists.text(request, "Key").orElse(""),
                        value.get());
        if (set) {
            answer.put("Value", value.get());
        } else {
            answer.put("Error", "SetProhibited");
        }
        return answer;
    }

    private NSDictionary pair(NSDictionary request) throws IOException {
        if (phone.conditions().lock() != IphoneConditions.Lock.OPEN) {
            return error("Pair", "PasswordProtected");
        }
        switch (phone.conditions().trust()) {
            case DENIED -> {
                return error("Pair", "UserDeniedPairing");
            }
            case PENDING -> {
                return error("Pair", "PairingDialogResponsePending");
            }
            case ACCEPTED -> {
                if (!phone.trusted().add(Plists.dictAt(request, "PairRecord"))) {
                    return error("Pair", "InvalidPairRecord");
                }
            }
        }
        return dict("Request", "Pair", "EscrowBag", new NSData(new byte[32]));
    }

    private NSDictionary startSession(NSDictionary request) throws IOException {
        String name = "StartSession";
        Optional<String> host = Plists.text(request, "HostID");
        if (phone.conditions().lock() == IphoneConditions.Lock.BOOT) {
            return error(name, "PasswordProtected");
        }
        if (host.isEmpty()) {
            return error(name, "MissingHostID");
        }
        if (session.isPresent()) {
            return error(name, "SessionActive");
        }
        session = phone.trusted().identity(host.get());
        if (session.isEmpty()) {
            return error(name, "InvalidHostID");
        }
        tlsNext = tls != TlsUse.NOWHERE;
        return dict(
                "Request",
                name,
                "EnableSessionSSL",
                tlsNext,
                "SessionID",
                UUID.randomUUID().toString().toUpperCase(Locale.ROOT));
    }

    private NSDictionary startService(NSDictionary request) {
        String name = "StartService";
        Optional<String> service = Plists.text(request, "Service");
        if (service.isEmpty()) {
            return error(name, "MissingService");
        }
        Optional<String> refusal = session.isEmpty() ? Optional.of("SessionInactive") : services.refusal(service.get());
        Optional<Services.Offer> offer = services.find(service.get());
        if (refusal.isPresent() || offer.isEmpty()) {
            return error(name, refusal.orElse("InvalidService"));
        }
        boolean sealed = tls == TlsUse.EVERYWHERE;
        MuxDevice.Answering answering = sealed
                ? sealed(offer.get(), session.orElseThrow())
                : offer.get().answering();
        return dict(
                "Request", name, "Service", service.get(), "Port", ports.open(answering), "EnableServiceSSL", sealed);
    }

    private static MuxDevice.Answering sealed(Services.Offer offer, TlsIdentity identity) {
        return wire -> {
            TlsWire within = TlsWire.accept(wire, identity);
            offer.answering().serve(offer.seal() == Services.Seal.WITHIN ? within : wire);
        };
    }

    private static String host(NSDictionary request) {
        return Plists.text(Plists.dictAt(request, "PairRecord"), "HostID").orElse("");
    }

    private static NSDictionary echo(NSDictionary request) {
        NSDictionary answer = new NSDictionary();
        for (String key : new String[] {"Request", "Domain", "Key"}) {
            Plists.value(request, key).ifPresent(value -> answer.put(key, value));
        }
        return answer;
    }

    private static NSDictionary done(String name) {
        return dict("Request", name);
    }

    private static NSDictionary error(String name, String error) {
        return dict("Request", name, "Error", error);
    }
}
