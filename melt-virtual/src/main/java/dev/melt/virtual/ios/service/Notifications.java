package dev.melt.virtual.ios.service;

import static dev.melt.virtual.ios.wire.Plists.dict;

import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.wire.PlistWire;
import dev.melt.virtual.ios.wire.Plists;
import dev.melt.virtual.ios.wire.Wire;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells hosts of what happens on the phone, by the names that they asked for. Safe for use by several threads. */
final class Notifications {
    private final Set<Observer> observers = ConcurrentHashMap.newKeySet();

    private record Observer(PlistWire wire, Set<String> names) {
        void tell(String name) {
            if (!names.contains(name)) {
                return;
            }
            try {
                send(dict("Command", "RelayNotification", "Name", name));
            } catch (IOException e) {
                wire.wire().close();
            }
        }

        synchronized void send(NSDictionary message) throws IOException {
            wire.write(message);
        }
    }

    /** Something has happened. */
    void post(String name) {
        observers.forEach(observer -> observer.tell(name));
    }

    /** One host that wants to be told. */
    void serve(Wire wire) throws IOException {
        Observer observer = new Observer(new PlistWire(wire), ConcurrentHashMap.newKeySet());
        observers.add(observer);
        try {
            Optional<NSDictionary> request = observer.wire().read();
            while (request.isPresent()) {
                String name = Plists.text(request.get(), "Name").orElse("");
                switch (Plists.text(request.get(), "Command").orElse("")) {
                    case "ObserveNotification" -> observer.names().add(name);
                    case "PostNotification" -> post(name);
                    case "Shutdown" -> {
                        observer.send(dict("Command", "ProxyDeath"));
                        return;
                    }
                    default -> {
                        // iOS takes no notice either
                    }
                }
                request = observer.wire().read();
            }
        } finally {
            observers.remove(observer);
        }
    }
}
