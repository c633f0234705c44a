package dev.melt.virtual.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.melt.core.agent.AgentScript;
import dev.melt.virtual.android.VirtualAndroid.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Phones that are started for one test, behind an adb server of its own. */
abstract class WithPhones {
    static final String AGENT = "/data/local/tmp/melt/agent/melt-agent.sh";

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    RealAdb adb;

    @BeforeEach
    void needParts() throws Exception {
        assumeTrue(Files.isExecutable(RealAdb.PROGRAM), "adb is missing: apt-get install adb");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mksh")), "mksh is missing: apt-get install mksh");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/toybox")), "toybox is missing: apt-get install toybox");
        assumeTrue(
                VirtualDevices.obstacle().isEmpty(),
                () -> VirtualDevices.obstacle().orElse(""));
        adb = new RealAdb(folder.resolve("host"));
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        adb.end();
        // before JUnit does it, which complains of each link that leads out of the folder
        new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    }

    VirtualAndroid start(String profile, Options options) throws Exception {
        VirtualAndroid phone = VirtualDevices.start(profile, folder.resolve(profile), options);
        open.add(phone);
        adb.connect(phone);
        return phone;
    }

    void pushAgent(VirtualAndroid phone) throws Exception {
        Path script = Files.writeString(
                folder.resolve("melt-agent.sh"), AgentScript.current().text());
        assertThat(adb.on(phone, "push", script.toString(), AGENT).exitCode()).isZero();
    }

    String agent(VirtualAndroid phone, String arguments) throws Exception {
        return adb.shell(phone, "sh " + AGENT + " -w /data/local/tmp/melt " + arguments);
    }

    void startJob(VirtualAndroid phone, String command) throws Exception {
        Path job = Files.writeString(folder.resolve("job"), """
                melt-job=1
                period_us=100000
                deadline_ms=60000
                grace_ms=2000
                tail_ms=0
                probe\tnumber\t/sys/class/power_supply/battery/current_now
                probe\tengine-rss\t-
                """);
        Path engine = Files.writeString(folder.resolve("command"), command + "\n");
        String trial = "/data/local/tmp/melt/trials/t1/";
        adb.on(phone, "push", job.toString(), trial + "job");
        adb.on(phone, "push", engine.toString(), trial + "command");
        assertThat(agent(phone, "start t1")).isEqualTo("started\n");
    }
}
