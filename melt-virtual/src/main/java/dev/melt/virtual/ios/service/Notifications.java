package dev.melt.virtual.ios.service;

import static dev.melt.virtual.ios.wire.Plists.dict;

import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.mux.MuxDevice;
import dev.melt.virtual.ios.wire.PlistWire;
import dev.melt.virtual.ios.wire.Plists;
import dev.melt.virtual.ios.wire.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells hosts of what happens on the phone, by the names that they asked for. Its state is guarded by this object. */
final class Notifications {
    private final List<Observer> observers = new ArrayList<>();
    private final Map<String, Long> last = new HashMap<>();
    private long posted;

    private static final class Observer {
        final Set<String> names = new HashSet<>();
        final long since;
        private final PlistWire messages;

        Observer(Wire wire, long since) {
            this.messages = new PlistWire(wire);
            this.since = since;
        }

        Optional<NSDictionary> read() throws IOException {
            return messages.read();
        }

        void tell(String name) {
            try {
                send(dict("Command", "RelayNotification", "Name", name));
            } catch (IOException e) {
                messages.wire().close();
            }
        }

        synchronized void send(NSDictionary message) throws IOException {
            messages.write(message);
        }
    }

    /** Something has happened. */
    void post(String name) {
        List<Observer> told;
        synchronized (this) {
            last.put(name, ++posted);
            told = observers.stream().filter(one -> one.names.contains(name)).toList();
        }
        told.forEach(observer -> observer.tell(name));
    }

    /**
     * Serves a host that starts the service now. It is told of what happens from now on, even where that is quicker than the thread
     * that reads what it asks for: nobody tells it when it has been heard.
     */
    synchronized MuxDevice.Answering answering() {
        long since = posted;
        return wire -> serve(new Observer(wire, since));
    }

    private void serve(Observer observer) throws IOException {
        synchronized (this) {
            observers.add(observer);
        }
        try {
            Optional<NSDictionary> request = observer.read();
            while (request.isPresent()) {
                String name = Plists.text(request.get(), "Name").orElse("");
                switch (Plists.text(request.get(), "Command").orElse("")) {
                    case "ObserveNotification" -> observe(observer, name);
                    case "PostNotification" -> post(name);
                    case "Shutdown" -> {
                        observer.send(dict("Command", "ProxyDeath"));
                        return;
                    }
                    default -> {
                        // iOS takes no notice either
                    }
                }
                request = observer.read();
            }
        } finally {
            synchronized (this) {
                observers.remove(observer);
            }
        }
    }

    private void observe(Observer observer, String name) {
        boolean missed;
        synchronized (this) {
            missed = observer.names.add(name) && last.getOrDefault(name, 0L) > observer.since;
        }
        if (missed) {
            observer.tell(name);
        }
    }
}
