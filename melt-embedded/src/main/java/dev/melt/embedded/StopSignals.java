package dev.melt.embedded;

import dev.melt.embedded.llama.StopFlag;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * SIGTERM and SIGINT raise the stop flag, so that the worker ends itself with whole lines.
 *
 * <p>The JVM's signal API is outside Java SE, so it is called by reflection; a runtime without it ends at once on a
 * signal, with the finished turns kept.
 */
final class StopSignals {
    private static final int TERM = 15;
    private static final Map<String, Integer> NUMBERS = Map.of("TERM", TERM, "INT", 2);

    private final AtomicInteger received = new AtomicInteger();

    private StopSignals() {}

    static StopSignals raising(StopFlag flag) {
        StopSignals signals = new StopSignals();
        for (Map.Entry<String, Integer> signal : NUMBERS.entrySet()) {
            signals.handle(signal.getKey(), signal.getValue(), flag);
        }
        return signals;
    }

    private void handle(String name, int number, StopFlag flag) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object raise = Proxy.newProxyInstance(
                    StopSignals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        received.compareAndSet(0, number);
                        flag.raise();
                        return method.getReturnType() == boolean.class ? (Object) false : Void.TYPE;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), raise);
        } catch (ReflectiveOperationException e) {
            System.err.println("signals are not handled: " + e);
        }
    }

    /** What a shell shows for a process that such a signal ended. */
    int exitCode() {
        int number = received.get();
        return 128 + (number == 0 ? TERM : number);
    }
}
