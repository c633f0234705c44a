package dev.melt.cli.command.virtual;

import dev.melt.cli.Session;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.process.HostProcess;
import dev.melt.virtual.android.PhoneRemote;
import dev.melt.virtual.android.VirtualAndroid;
import dev.melt.virtual.machine.ControlPipe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A simulated phone that the adb server knows. */
record BootedPhone(Session session, String name, VirtualAndroid phone, ControlPipe control) implements BootedDevice {
    private static final Duration ADB = Duration.ofSeconds(20);

    /**
     * Makes a phone known.
     *
     * @throws InvalidInputException when adb is missing; the phone has ended then
     */
    static BootedPhone boot(Desk desk, String name, VirtualAndroid phone) throws IOException, InterruptedException {
        try {
            PhoneRemote remote = new PhoneRemote(phone);
            BootedPhone booted = new BootedPhone(desk.session(), name, phone, desk.control(name, remote::obey));
            booted.connect();
            return booted;
        } catch (IOException | InterruptedException | RuntimeException e) {
            phone.close();
            throw e;
        }
    }

    @Override
    public List<String> introduction() {
        return List.of(
                name + " (virtual) is at " + phone.address(),
                "in another terminal: melt run --device " + phone.address() + " --model tiny",
                "to change it: echo 'plug off' >" + control.path(),
                "its words: " + String.join(", ", PhoneRemote.WORDS));
    }

    @Override
    public void end() throws IOException, InterruptedException {
        adb("disconnect");
        control.close();
        phone.close();
    }

    private void connect() throws IOException, InterruptedException {
        HostProcess.Ended said = adb("connect");
        if (said.exitCode() != 0 || !said.output().contains("connected to " + phone.address())) {
            throw new InvalidInputException(
                    "virtual phone at " + phone.address(),
                    "'adb connect' should reach it",
                    said.exitCode() == 127 ? "there is no adb on PATH" : said.lastLines(2),
                    "install adb (Debian: apt-get install adb), or see what 'adb devices' says");
        }
    }

    private HostProcess.Ended adb(String word) throws IOException, InterruptedException {
        return new HostProcess(
                        List.of("adb", word, phone.address()), session.environment(), session.workingDirectory(), ADB)
                .run();
    }
}
