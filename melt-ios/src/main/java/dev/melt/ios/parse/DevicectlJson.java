package dev.melt.ios.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.ios.parse.Devicectl.Failure;
import dev.melt.ios.parse.Devicectl.RunningProcess;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What {@code devicectl --json-output} writes. */
final class DevicectlJson {
    private static final int MOST_ERRORS = 50;
    private static final String UNDERLYING = "NSUnderlyingError";
    private static final List<String> WORDS =
            List.of("NSLocalizedDescription", "NSDescription", "NSLocalizedFailureReason");

    private DevicectlJson() {}

    /**
     * Reads it; empty where no JSON is in the text.
     *
     * @throws UnknownOutputException for JSON of something else, and for one that breaks off
     */
    static Optional<Devicectl> read(SourceText text) throws UnknownOutputException {
        JsonText json = JsonText.read(text);
        Optional<PropertyTree> answer = json.trees().stream()
                .filter(tree ->
                        tree.child("info").filter(DevicectlJson::isOfDevicectl).isPresent())
                .findFirst();
        if (answer.isEmpty() && json.breaksOff()) {
            throw text.cutOff("'}' of what devicectl --json-output writes");
        }
        return answer.map(tree -> of(tree, json.skipped() + strays(json)));
    }

    private static boolean isOfDevicectl(PropertyTree info) {
        return info.text("commandType")
                        .filter(word -> word.startsWith("devicectl"))
                        .isPresent()
                || info.has("outcome");
    }

    private static long strays(JsonText json) {
        return json.around().stream()
                .filter(line -> !DevicectlLines.isProgress(line))
                .count();
    }

    private static Devicectl of(PropertyTree answer, long skipped) {
        Optional<String> outcome = answer.at("info").flatMap(info -> info.text("outcome"));
        Optional<Failure> failure = answer.child("error").map(DevicectlJson::failure);
        Optional<PropertyTree> process = answer.at("result", "process");
        return new Devicectl(
                failure.map(Failure::kind)
                        .orElse(
                                outcome.filter("failed"::equals).isPresent()
                                        ? Devicectl.Kind.OTHER
                                        : Devicectl.Kind.OK),
                outcome,
                process.map(tree -> tree.whole("processIdentifier")).orElse(OptionalLong.empty()),
                answer.at("result", "launchOptions").flatMap(options -> options.text("bundleIdentifier")),
                OptionalInt.empty(),
                processes(answer),
                List.of(),
                failure,
                skipped);
    }

    private static List<RunningProcess> processes(PropertyTree answer) {
        List<RunningProcess> processes = new ArrayList<>();
        Object running = answer.at("result")
                .flatMap(tree -> tree.value("runningProcesses"))
                .orElse(List.of());
        if (running instanceof List<?> items) {
            for (Object item : items) {
                PropertyTree process = PropertyTree.of(item).orElse(PropertyTree.EMPTY);
                process.whole("processIdentifier")
                        .ifPresent(pid -> processes.add(new RunningProcess(
                                pid, name(process.text("executable").orElse("")))));
            }
        }
        return processes;
    }

    /** The last part of an address of a file. */
    private static String name(String executable) {
        String name = executable.substring(executable.lastIndexOf('/') + 1);
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private static Failure failure(PropertyTree outermost) {
        List<String> messages = new ArrayList<>();
        Optional<String> reason = Optional.empty();
        OptionalInt posix = OptionalInt.empty();
        Optional<PropertyTree> error = Optional.of(outermost);
        for (int depth = 0; error.isPresent() && depth < MOST_ERRORS; depth++) {
            PropertyTree one = error.get();
            PropertyTree info = one.child("userInfo").orElse(PropertyTree.EMPTY);
            WORDS.stream().flatMap(key -> words(info, key).stream()).findFirst().ifPresent(messages::add);
            reason = words(info, "BSErrorCodeDescription").or(before(reason));
            if (one.text("domain").filter("NSPOSIXErrorDomain"::equals).isPresent()) {
                posix = number(one);
            }
            error = info.at(UNDERLYING, "error").or(() -> info.child(UNDERLYING).filter(tree -> tree.has("code")));
        }
        return new Failure(number(outermost), outermost.text("domain"), posix, reason, messages);
    }

    private static Supplier<Optional<String>> before(Optional<String> reason) {
        return () -> reason;
    }

    private static OptionalInt number(PropertyTree error) {
        OptionalLong code = error.whole("code");
        return code.isPresent() && Math.abs(code.getAsLong()) <= Integer.MAX_VALUE
                ? OptionalInt.of((int) code.getAsLong())
                : OptionalInt.empty();
    }

    private static Optional<String> words(PropertyTree info, String key) {
        return info.child(key).flatMap(value -> value.text("string")).or(() -> info.text(key));
    }
}
