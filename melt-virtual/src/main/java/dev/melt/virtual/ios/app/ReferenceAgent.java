package dev.melt.virtual.ios.app;

import com.dd.plist.NSArray;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSString;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * MELT's agent as an app, on a simulated iPhone: it does what {@code docs/reference/app-protocol.md} says, with the embedded engine.
 * What it measures of itself is true, what it reads of the phone is as the phone pretends. Safe for use by several threads.
 */
public final class ReferenceAgent implements PhoneApp {
    private static final AtomicLong NEXT_PID = new AtomicLong(301);

    private final AgentOptions options;

    /** As usual. */
    public ReferenceAgent() {
        this(AgentOptions.USUAL);
    }

    public ReferenceAgent(AgentOptions options) {
        this.options = options;
    }

    @Override
    public String bundleId() {
        return options.bundleId();
    }

    @Override
    public NSDictionary info() {
        NSDictionary info = new NSDictionary();
        info.put("CFBundleIdentifier", options.bundleId());
        info.put("CFBundleVersion", options.version());
        info.put("CFBundleShortVersionString", options.version());
        info.put("CFBundleExecutable", "MeltAgent");
        info.put("CFBundleName", "MeltAgent");
        info.put("CFBundleDisplayName", "MELT agent");
        info.put("MinimumOSVersion", "14.0");
        info.put("UIFileSharingEnabled", true);
        info.put("MeltAgent", 1);
        info.put("MeltEngine", "llama.cpp");
        info.put("MeltEngineVersion", "b4916");
        info.put("MeltEngineBackend", "cpu");
        info.put(
                "MeltCan",
                new NSArray(Stream.of("chat", "restore", "depth", "repeat", "score", "score_file", "text", "per_op")
                        .map(NSString::new)
                        .toArray(NSString[]::new)));
        return info;
    }

    /** {@inheritDoc} The process id is one of the phone's own: the engine's process on this machine has another. */
    @Override
    public Running launch(Launch launch) throws IOException {
        return AgentLife.begin(NEXT_PID.getAndIncrement(), launch, options);
    }
}
