package dev.melt.ios.launch;

import dev.melt.ios.link.PhoneLink;
import dev.melt.ios.tool.IdeviceTool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * By a program of this host that brings its own tunnel to the developer services of iOS 17 and later.
 *
 * @param kind which program
 */
record ProgramLauncher(Kind kind, PhoneLink link, IdeviceTool tool) implements Launcher {
    /** A tunnel is built first, which takes seconds. */
    private static final Duration LAUNCH = Duration.ofMinutes(2);

    /** The programs that MELT knows, the surest first. */
    enum Kind {
        /** Of Xcode 15 and later. */
        DEVICECTL("devicectl", "xcrun") {
            @Override
            List<String> launch(String udid, String bundle) {
                return List.of(
                        "devicectl", "device", "process", "launch", "--device", udid, "--terminate-existing", bundle);
            }

            @Override
            List<String> kill(String udid, long pid) {
                return List.of(
                        "devicectl", "device", "process", "terminate", "--device", udid, "--pid", "" + pid, "--kill");
            }
        },
        PYMOBILEDEVICE3("pymobiledevice3", "pymobiledevice3") {
            @Override
            List<String> launch(String udid, String bundle) {
                return List.of("developer", "dvt", "launch", "--udid", udid, bundle);
            }

            @Override
            List<String> kill(String udid, long pid) {
                return List.of("developer", "dvt", "kill", "--udid", udid, "" + pid);
            }
        },
        GO_IOS("go-ios", "ios") {
            @Override
            List<String> launch(String udid, String bundle) {
                return List.of("launch", bundle, "--kill-existing", "--udid=" + udid);
            }

            @Override
            List<String> kill(String udid, long pid) {
                return List.of("kill", "--pid=" + pid, "--udid=" + udid);
            }
        };

        private final String word;
        private final String program;

        Kind(String word, String program) {
            this.word = word;
            this.program = program;
        }

        abstract List<String> launch(String udid, String bundle);

        abstract List<String> kill(String udid, long pid);

        /** As it is chosen. */
        String word() {
            return word;
        }

        /** Whether it is on the PATH. */
        boolean isThere(IdeviceTool tool) {
            return tool.find(program).isPresent();
        }

        static Stream<Kind> all() {
            return Stream.of(values());
        }
    }

    @Override
    public String name() {
        return kind.word();
    }

    @Override
    public Optional<LaunchRefusal> launch(AgentApp app) {
        IdeviceTool.Answer answer = run(kind.launch(link.udid(), app.bundle()));
        return answer.exitCode() == 0
                ? Optional.empty()
                : Optional.of(LaunchRefusal.of(answer.output(), answer.exitCode()));
    }

    @Override
    public void kill(AgentApp app, long pid) {
        IdeviceTool.Answer answer = run(kind.kill(link.udid(), pid));
        if (answer.timedOut()) {
            throw LaunchRefusal.of(answer.output(), answer.exitCode()).asException(link.label());
        }
    }

    private IdeviceTool.Answer run(List<String> arguments) {
        return tool.run(LAUNCH, kind.program, arguments.toArray(new String[0]));
    }
}
