package dev.melt.virtual.ios.service;

/** Where a phone asks for TLS. */
public enum TlsUse {
    /** In sessions of lockdownd and in nearly all services, as iOS does from 13 on. */
    EVERYWHERE,
    /** In sessions only. */
    SESSION,
    /** Nowhere, which hosts accept too. */
    NOWHERE
}
