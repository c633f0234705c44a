package dev.melt.virtual.ios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.virtual.ios.VirtualIphone.Options;
import dev.melt.virtual.ios.app.PhoneApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Apps that the system ends or that fall, and what the log and the reports say of it. */
class AppDeathsTest extends WithIphones {
    private static final ScriptApp LONG = ScriptApp.bench("exec sleep 60");

    @Test
    void memoryRunsOut() throws Exception {
        VirtualIphone phone = start(Options.PLAIN.withApps(LONG));
        RealIdevice.Running log = log(phone);
        launch(phone);
        long pid = phone.running(ScriptApp.BENCH).orElseThrow().pid();

        remote(phone, "limit 2147483648; jetsam");

        soon().until(() -> log.out().contains("signal 9"));
        assertThat(log.out())
                .contains(
                        "kernel[0] <Notice>: EXC_RESOURCE -> Bench[" + pid
                                + "] exceeded mem limit: ActiveHard 2048 MB (fatal)",
                        " memorystatus: killing_specific_process pid " + pid + " [Bench] (per-process-limit 100 ",
                        " 2097152KB - memorystatus_available_pages: ",
                        "Process Bench [" + pid + "] killed by jetsam reason per-process-limit");
        Path report = report("JetsamEvent-");
        List<String> lines = Files.readAllLines(report);
        JsonNode head = new ObjectMapper().readTree(lines.get(0));
        JsonNode body = new ObjectMapper().readTree(String.join("", lines.subList(1, lines.size())));
        JsonNode victim = body.get("processes").get(1);
        assertThat(head.get("bug_type").asText()).isEqualTo("298");
        assertThat(victim.get("pid").asLong()).isEqualTo(pid);
        assertThat(victim.get("reason").asText()).isEqualTo("per-process-limit");
        assertThat(victim.get("rpages").asLong()
                        * body.get("memoryStatus").get("pageSize").asLong())
                .isEqualTo(2_147_483_648L);
        log.end();
    }

    @Test
    void anAppFalls() throws Exception {
        VirtualIphone phone = start(Options.PLAIN.withApps(LONG));
        launch(phone);

        remote(phone, "crash");
        soon().until(() -> phone.running(ScriptApp.BENCH).isEmpty());

        assertThat(report("Bench-"))
                .content()
                .contains("\"bug_type\":\"309\"", "\"type\":\"EXC_BAD_ACCESS\"", "\"signal\":\"SIGSEGV\"");
    }

    @Test
    void aRestartEndsEverything() throws Exception {
        VirtualIphone phone = start(Options.PLAIN.withApps(LONG));
        launch(phone);
        remote(phone, "lock screen");

        assertThat(tools.out("idevicediagnostics", "restart")).isEqualTo("Restarting device.\n");

        soon().until(() -> phone.running(ScriptApp.BENCH).isEmpty() && phone.isPlugged());
        assertThat(tools.run("ideviceimagemounter", "-l").out())
                .isEqualTo("ERROR: Could not connect to lockdown, error code -17.\n");
        remote(phone, "lock open");
        assertThat(tools.out("ideviceimagemounter", "-l")).isEqualTo("Status: Complete\n");
    }

    @Test
    void anAppThatSaysItHoldsTooMuchIsEnded() throws Exception {
        VirtualIphone phone = start(Options.PLAIN.withApps(LONG).withWords("entitled off"));
        launch(phone);
        PhoneApp.PhoneSenses senses = phone.senses(ScriptApp.BENCH);

        assertThat(senses.availableBytes(1_000_000_000)).isEqualTo(3_221_225_472L - 1_000_000_000);
        remote(phone, "entitled on");
        assertThat(senses.availableBytes(1_000_000_000)).isEqualTo(4_294_967_296L - 1_000_000_000);
        assertThat(senses.availableBytes(5_000_000_000L)).isZero();
        soon().until(() -> phone.running(ScriptApp.BENCH).isEmpty());
        soon().until(() -> phone.reports().toFile().list().length == 1);
    }

    @Test
    void theLogEndsWithTheCableAndGoesOnWithIt() throws Exception {
        VirtualIphone phone = start(Options.PLAIN.withApps(LONG));
        RealIdevice.Running patient = log(phone);
        RealIdevice.Running once = log(phone, "-x");
        launch(phone);
        soon().until(() -> once.out().contains("with pid ") && patient.out().contains("with pid "));

        remote(phone, "plug off");
        soon().until(() -> !once.process().isAlive() && patient.out().contains("[disconnected]"));
        assertThat(once.process().exitValue()).isZero();
        assertThat(once.out()).contains("Bootstrapping app<org.melt.bench>").endsWith("[disconnected]\n");
        assertThat(phone.running(ScriptApp.BENCH)).isPresent();
        remote(phone, "plug on");
        soon().until(() -> phone.logListeners() == 1);
        remote(phone, "jetsam vm-pageshortage");
        soon().until(() -> patient.out().contains("killed by jetsam reason vm-pageshortage"));
        patient.end();
    }

    private RealIdevice.Running log(VirtualIphone phone, String... options) throws Exception {
        int before = phone.logListeners();
        List<String> line = new ArrayList<>(List.of("stdbuf", "-oL", "idevicesyslog", "--no-colors"));
        line.addAll(List.of(options));
        RealIdevice.Running log = tools.start(line.toArray(String[]::new));
        soon().until(() -> phone.logListeners() > before);
        return log;
    }

    private static void launch(VirtualIphone phone) throws Exception {
        phone.launch(ScriptApp.BENCH);
    }

    private Path report(String start) throws Exception {
        Path there = Files.createDirectory(folder.resolve("reports"));
        RealIdevice.Said said = tools.run("idevicecrashreport", "-e", "-k", there.toString());
        assertThat(said.out()).startsWith("Copy: /" + start).endsWith("Done.\n");
        try (var files = Files.list(there)) {
            return files.filter(file -> file.getFileName().toString().startsWith(start))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
