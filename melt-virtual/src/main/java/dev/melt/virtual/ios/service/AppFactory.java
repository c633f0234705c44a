package dev.melt.virtual.ios.service;

import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.app.PhoneApp;
import java.util.Optional;

/** Finds a program that runs here for an app that is brought to the phone: those in packages are for phones. */
@FunctionalInterface
public interface AppFactory {
    /** What is to be installed for a package with that {@code Info.plist}; empty: an app that does nothing. */
    Optional<PhoneApp> make(NSDictionary info);
}
