package dev.melt.virtual.ios.service;

import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.mux.Cable;
import dev.melt.virtual.ios.mux.MuxDevice;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A phone on its cable: lockdownd on its port, and each service on one that it was given when it was started. */
public final class PhonePorts implements MuxDevice {
    private static final int LOCKDOWN = 62_078;
    private static final int PRODUCT = 4776;
    private static final int FIRST = 49_152;
    private static final int COUNT = 12_000;

    private final Iphone phone;
    private final Cable cable = new Cable();
    private final Services services;
    private final TlsUse tls;
    private final Map<Integer, Answering> started = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    /** All services of a phone. */
    public PhonePorts(Iphone phone, Services services, TlsUse tls) {
        this.phone = phone;
        this.services = services;
        this.tls = tls;
    }

    @Override
    public String udid() {
        return phone.udid();
    }

    @Override
    public int productId() {
        return PRODUCT;
    }

    @Override
    public Cable cable() {
        return cable;
    }

    @Override
    public Optional<Answering> port(int number) {
        return number == LOCKDOWN
                ? Optional.of(wire -> new LockdownSession(phone, services, this, tls, wire).run())
                : Optional.ofNullable(started.get(number));
    }

    /** Listens for a service; returns where. */
    int open(Answering answering) {
        int number = FIRST + Math.floorMod(next.getAndIncrement(), COUNT);
        started.put(number, answering);
        return number;
    }
}
