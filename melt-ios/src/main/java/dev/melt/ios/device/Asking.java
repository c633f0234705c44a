package dev.melt.ios.device;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.ios.parse.IdeviceInfo;
import dev.melt.ios.parse.InstalledApps;
import dev.melt.ios.parse.ToolError;
import dev.melt.ios.tool.IdeviceTool;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What the programs of libimobiledevice say of one phone. Every call changes nothing there but that a phone which is not paired may ask to be. */
record Asking(IdeviceTool tool, String udid) {
    private static final Duration ANSWER = Duration.ofSeconds(20);

    /** Of a phone with hundreds of apps. */
    private static final Duration LIST = Duration.ofSeconds(60);

    /**
     * An answer, or why there is none.
     *
     * @param error empty when there is an answer
     */
    record Told<T>(Optional<T> answer, Optional<ToolError> error) {
        static <T> Told<T> of(T answer) {
            return new Told<>(Optional.of(answer), Optional.empty());
        }

        static <T> Told<T> refused(ToolError error) {
            return new Told<>(Optional.empty(), Optional.of(error));
        }
    }

    /** Who it is: {@code ideviceinfo}. */
    Told<IdeviceInfo> info() {
        IdeviceTool.Answer answer = tool.run(ANSWER, "ideviceinfo", "-u", udid);
        Optional<ToolError> error = ToolError.of(answer.output(), answer.exitCode());
        if (error.isPresent()) {
            return Told.refused(error.get());
        }
        try {
            return Told.of(IdeviceInfo.read(answer.output()));
        } catch (UnknownOutputException e) {
            return Told.refused(other(e));
        }
    }

    /** Whether Developer Mode is on; empty where this iOS has no such thing. */
    Optional<Boolean> developerMode() {
        IdeviceTool.Answer answer = tool.run(
                ANSWER, "ideviceinfo", "-u", udid, "-q", "com.apple.security.mac.amfi", "-k", "DeveloperModeStatus");
        if (answer.exitCode() != 0) {
            return Optional.empty();
        }
        return answer.output()
                .lines()
                .map(String::strip)
                .filter(line -> line.equals("true") || line.equals("false"))
                .findFirst()
                .map(Boolean::valueOf);
    }

    /** Whether a developer image is mounted, which up to iOS 16 has to be done from outside. */
    Told<Boolean> developerImage() {
        IdeviceTool.Answer answer = tool.run(ANSWER, "ideviceimagemounter", "-u", udid, "-l");
        if (answer.isMissing()) {
            return Told.refused(new ToolError(ToolError.Kind.OTHER, OptionalInt.empty(), answer.output()));
        }
        Optional<ToolError> error = ToolError.of(answer.output(), answer.exitCode());
        return error.map(Told::<Boolean>refused)
                .orElseGet(() -> Told.of(answer.output().contains("ImageSignature[")));
    }

    /** The apps that a person has put there, with all that the phone says of them. */
    Told<InstalledApps> apps() {
        IdeviceTool.Answer answer = tool.run(LIST, "ideviceinstaller", "-u", udid, "-l", "-o", "xml");
        Optional<ToolError> error =
                answer.exitCode() == 0 ? Optional.empty() : ToolError.of(answer.output(), answer.exitCode());
        if (error.isPresent()) {
            return Told.refused(error.get());
        }
        try {
            return Told.of(InstalledApps.read(answer.output()));
        } catch (UnknownOutputException e) {
            return Told.refused(other(e));
        }
    }

    private static ToolError other(UnknownOutputException e) {
        return new ToolError(ToolError.Kind.OTHER, OptionalInt.empty(), String.valueOf(e.getMessage()));
    }
}
