package dev.melt.virtual.ios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.virtual.ios.VirtualIphone.Options;
import dev.melt.virtual.ios.device.AppProcess;
import dev.melt.virtual.ios.service.TlsUse;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Apps that are launched by a debugger. */
class DebugServerTest extends WithIphones {
    private static final ScriptApp LONG = ScriptApp.bench("echo began; exec sleep 60");
    private static final Options OPEN = Options.PLAIN.withTls(TlsUse.NOWHERE).withApps(LONG);

    @Test
    void idevicedebugRunsAnAppAndHangsWhenItHasEnded() throws Exception {
        start(Options.PLAIN.withApps(ScriptApp.bench("echo LOAD ok; echo \"$1 $K\"")));
        RealIdevice.Running running =
                tools.start("stdbuf", "-oL", "idevicedebug", "-e", "K=a b", "run", ScriptApp.BENCH, "--n");

        soon().until(() -> running.out().contains("WARNING: 00"));
        assertThat(running.out()).isEqualTo("LOAD ok\n--n a b\nWARNING: 00\n");
        assertThat(running.process().isAlive()).isTrue();
        running.end();
        assertThat(running.err()).contains("Exiting...");
    }

    @Test
    void idevicedebugKillsTheAppWhenItIsAskedToEnd() throws Exception {
        VirtualIphone phone = start("iphone7", Options.PLAIN.withApps(LONG));
        RealIdevice.Running running = tools.start("idevicedebug", "run", ScriptApp.BENCH);
        soon().until(() ->
                phone.running(ScriptApp.BENCH).isPresent() && running.out().contains("began"));

        running.end();
        soon().until(() -> phone.running(ScriptApp.BENCH).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lock screen | ERROR: Locked",
                "task off | ERROR: failed to get the task for process 345",
                "expired on | ERROR: Unable to launch org.melt.bench because it has an invalid code signature,",
                "image off | Could not start com.apple.debugserver!",
                "developer-mode off | Could not start com.apple.debugserver!",
                "lock services | Could not start com.apple.debugserver!",
                "ios 17.4 | Could not start com.apple.debugserver!",
                "uninstall org.melt.bench | Could not determine container path for bundle identifier org.melt.bench."
            })
    void saysWhatIsInTheWay(String words, String text) throws Exception {
        VirtualIphone phone = start(OPEN.withWords(words));

        RealIdevice.Said said = tools.run("idevicedebug", "run", ScriptApp.BENCH);

        assertThat(said.out() + said.err()).startsWith(text);
        assertThat(said.exitCode()).isEqualTo(255);
        assertThat(phone.running(ScriptApp.BENCH)).isEmpty();
    }

    @Test
    void anAppLivesOnWhenItWasLeft() throws Exception {
        VirtualIphone phone = start(OPEN);
        try (HostGdb gdb = HostGdb.of(phone)) {
            assertThat(gdb.ask("QSetMaxPacketSize:31303234")).isEqualTo("OK");
            assertThat(gdb.ask("QSetWorkingDir:2f")).isEqualTo("OK");
            assertThat(gdb.ask("QNothing")).isEmpty();
            assertThat(gdb.launch(phone, ScriptApp.BENCH)).isEqualTo("OK");
            assertThat(gdb.ask("Hc0")).isEqualTo("OK");
            assertThat(gdb.ask("qProcessInfo")).startsWith("pid:" + Long.toHexString(pid(phone)) + ";parent-pid:1;");
            assertThat(gdb.ask("D")).isEqualTo("OK");
            assertThatThrownBy(gdb::read).isInstanceOf(IOException.class);
        }
        remote(phone, "drop");

        assertThat(phone.running(ScriptApp.BENCH)).isPresent();
    }

    @Test
    void anAppDiesWithTheConnectionUnlessItIsToBeLeft() throws Exception {
        VirtualIphone phone = start(OPEN);
        HostGdb one = HostGdb.of(phone);
        one.launch(phone, ScriptApp.BENCH);
        one.send("c");
        assertThat(HostGdb.output(one.read())).isEqualTo("began\n");
        AppProcess first = phone.running(ScriptApp.BENCH).orElseThrow();
        one.close();
        soon().until(() -> !first.isAlive());
        assertThat(first.ended()).isCompletedWithValue(-9);

        HostGdb two = HostGdb.of(phone);
        assertThat(two.ask("QSetDetachOnError:1")).isEqualTo("OK");
        two.launch(phone, ScriptApp.BENCH);
        two.send("c");
        two.read();
        remote(phone, "plug off");
        two.close();
        soon().until(() -> phone.connections() == 0);
        assertThat(phone.running(ScriptApp.BENCH)).isPresent();
    }

    @Test
    void anAppIsInterruptedKilledAndAttachedTo() throws Exception {
        VirtualIphone phone = start(OPEN);
        try (HostGdb gdb = HostGdb.of(phone)) {
            gdb.launch(phone, ScriptApp.BENCH);
            gdb.ask("D");
        }
        long pid = pid(phone);
        try (HostGdb gdb = HostGdb.of(phone)) {
            assertThat(gdb.ask("vAttach;1")).isEqualTo("Efailed to get the task for process 1");
            assertThat(gdb.ask("vAttach;" + Long.toHexString(pid))).startsWith("T11");
            gdb.send("c");
            gdb.raw("\u0003");
            assertThat(gdb.read()).startsWith("T02");
            assertThat(gdb.ask("k")).isEqualTo("X09");
        }
        soon().until(() -> phone.running(ScriptApp.BENCH).isEmpty());
    }

    @Test
    void tellsHowAnAppEnded() throws Exception {
        VirtualIphone phone = start(OPEN.withApps(ScriptApp.bench("echo $1 $K; exit 3")));
        try (HostGdb gdb = HostGdb.of(phone)) {
            gdb.ask("QEnvironmentHexEncoded:" + HexFormat.of().formatHex("K=v".getBytes(UTF_8)));
            gdb.launch(phone, ScriptApp.BENCH, "one");
            assertThat(HostGdb.output(gdb.ask("c"))).isEqualTo("one v\n");
            assertThat(gdb.read()).isEqualTo("W03");
        }
        phone.install(LONG);
        try (HostGdb gdb = HostGdb.of(phone)) {
            gdb.launch(phone, ScriptApp.BENCH);
            gdb.ask("c");
            remote(phone, "jetsam");
            assertThat(gdb.read()).isEqualTo("X09");
        }
    }

    private static long pid(VirtualIphone phone) {
        return phone.running(ScriptApp.BENCH).orElseThrow().pid();
    }
}
