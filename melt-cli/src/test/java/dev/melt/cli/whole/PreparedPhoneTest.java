package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.cli.Launched;
import dev.melt.core.store.DeviceSnapshot;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.SettingsJournal;
import dev.melt.virtual.android.VirtualAndroid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phones are set for a run and left as they were found, whatever happens meanwhile. */
class PreparedPhoneTest {
    private static final String LOOK =
            "settings get system screen_brightness; settings get system screen_brightness_mode;"
                    + " settings get system screen_off_timeout; settings get global stay_on_while_plugged_in;"
                    + " settings get global airplane_mode_on; settings get global window_animation_scale;"
                    + " dumpsys deviceidle enabled; device_config get activity_manager max_cached_processes";
    private static final String AS_FOUND = "102 1 60000 0 0 1.0 1 null";
    private static final String AS_SET = "10 0 2147483647 7 1 0 0 0";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private PhoneBench phones;

    @BeforeEach
    void open() throws Exception {
        phones = PhoneBench.in(folder);
    }

    @AfterEach
    void close() throws Exception {
        phones.close();
    }

    private String settings(VirtualAndroid phone) throws Exception {
        return String.join(" ", phones.shell(phone, LOOK).lines().toList());
    }

    private static String[] run(String device, String... more) {
        List<String> args = new java.util.ArrayList<>(
                List.of("run", "--device", device, "--model", "mini", "--workload", "pp64-tg16", "--json"));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    private Map<String, String> factsBefore(String run) {
        try (RunStore store = phones.bench.store()) {
            return store.snapshots(run).stream()
                    .filter(snapshot -> snapshot.moment() == DeviceSnapshot.Moment.BEFORE)
                    .findFirst()
                    .orElseThrow()
                    .facts();
        }
    }

    private List<SettingsJournal.Entry> pending() {
        try (RunStore store = phones.bench.store()) {
            return store.settings().pending();
        }
    }

    @Test
    void aRunKeepsWhatItSetAndPutsBackWhatItFound() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");
        assertThat(settings(phone)).isEqualTo(AS_FOUND);

        Launched launched = phones.bench.melt(
                run(phone.address(), "--trials", "1", "--prepare", "screen_brightness=64,window_animation=keep"));

        assertThat(launched.exitCode()).as(launched.err()).isIn(0, 3);
        assertThat(settings(phone)).isEqualTo(AS_FOUND);
        assertThat(factsBefore(Bench.json(launched).path("run").asText()))
                .containsEntry("setting/screen_brightness", "64")
                .containsEntry("setting_before/screen_brightness", "102")
                .containsEntry("setting/airplane_mode", "1")
                .doesNotContainKey("setting/window_animation");
        assertThat(pending()).isEmpty();
        assertThat(launched.err()).contains("screen_brightness 102 -> 64").contains("settings put back");
    }

    @Test
    void leavesAllAsItIsWhenAskedTo() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");

        Launched launched = phones.bench.melt(run(phone.address(), "--trials", "1", "--prepare", "none"));

        assertThat(launched.exitCode()).as(launched.err()).isIn(0, 3);
        assertThat(launched.err()).doesNotContain("set for the run");
    }

    @Test
    void refusesASettingThatThePhoneDoesNotHaveBeforeAnythingIsTouched() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");

        Launched unknown = phones.bench.melt(run(phone.address(), "--prepare", "screen_brightnes=64"));
        Launched rootOnly = phones.bench.melt(run(phone.address(), "--prepare", "governor=performance"));
        Launched wrong = phones.bench.melt(run(phone.address(), "--prepare", "airplane_mode=yes"));

        assertThat(List.of(unknown.exitCode(), rootOnly.exitCode(), wrong.exitCode()))
                .containsOnly(2);
        assertThat(unknown.err()).contains("did you mean screen_brightness");
        assertThat(rootOnly.err()).contains("root");
        assertThat(wrong.err()).contains("[01]");
        assertThat(settings(phone)).isEqualTo(AS_FOUND);
    }

    @Test
    void aSettingThatDoesNotTakeForbidsQuoting() throws Exception {
        VirtualAndroid phone = phones.phone("xiaomi-14", VirtualAndroid.Options.PLAIN.withDeniedSettings());

        Launched launched = phones.bench.melt(run(phone.address(), "--trials", "1"));

        assertThat(launched.exitCode()).as(launched.err()).isEqualTo(3);
        assertThat(launched.err()).contains("did not take: ");
        assertThat(launched.out()).contains("SETTINGS_NOT_APPLIED");
        assertThat(pending()).isEmpty();
    }

    @Test
    void whatAKilledMeltLeftIsPutBackByRestore() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");
        killInARun(phone);

        Launched restored = phones.bench.melt("restore", phone.address());

        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(restored.out()).contains("screen_brightness").contains("yes");
        assertThat(settings(phone)).isEqualTo(AS_FOUND);
        assertThat(pending()).isEmpty();
        assertThat(phones.bench.melt("restore", phone.address()).err()).contains("nothing is to be put back");
    }

    @Test
    void whatAKilledMeltLeftIsPutBackByTheNextStart() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");
        killInARun(phone);
        String run;
        try (RunStore store = phones.bench.store()) {
            run = store.runs().get(0).id();
        }

        Launched resumed = phones.bench.melt("resume", run, "--json");

        assertThat(resumed.exitCode()).as(resumed.err()).isIn(0, 3);
        assertThat(Bench.outcomes(Bench.json(resumed))).containsOnly("OK");
        assertThat(settings(phone)).isEqualTo(AS_FOUND);
        assertThat(pending()).isEmpty();
    }

    private void killInARun(VirtualAndroid phone) throws Exception {
        MeltProcess melt = phones.bench.start(run(phone.address(), "--trials", "2"));
        await().atMost(Duration.ofSeconds(90)).until(() -> melt.text(melt.err()).contains("set for the run"));
        melt.kill();
        assertThat(settings(phone)).isEqualTo(AS_SET);
    }

    @Test
    void aPhoneThatRestartedIsSetAgain() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");
        Path events = folder.resolve("events.jsonl");
        MeltProcess melt = phones.bench.start(
                run(phone.address(), "--trials", "4", "--events", events.toString(), "--link-timeout", "60s"));
        await().atMost(Duration.ofSeconds(90)).until(() -> happened(events, "trial_finished") >= 1);
        phone.reboot(Duration.ofSeconds(1));

        assertThat(melt.end()).as(melt.text(melt.err())).isIn(0, 3);

        assertThat(happened(events, "prepared")).as(melt.text(melt.err())).isEqualTo(2);
        assertThat(settings(phone)).isEqualTo(AS_FOUND);
    }

    private static long happened(Path events, String kind) throws Exception {
        return Files.exists(events)
                ? Files.readAllLines(events).stream()
                        .filter(line -> line.contains("\"event\":\"" + kind + "\""))
                        .count()
                : 0;
    }

    @Test
    void twoPhonesRunSideBySideIntoOneStore() throws Exception {
        VirtualAndroid pixel = phones.phone("pixel8");
        VirtualAndroid galaxy = phones.phone("galaxy-s24", VirtualAndroid.Options.PLAIN.withSeed(2));

        Launched launched =
                phones.bench.melt(run(pixel.address() + "," + galaxy.address(), "--trials", "1", "--seed", "7"));

        assertThat(launched.exitCode()).as(launched.err()).isIn(0, 3);
        JsonNode result = Bench.json(launched);
        assertThat(Bench.outcomes(result)).containsExactly("OK", "OK");
        assertThat(result.path("cells")).hasSize(2);
        assertThat(settings(pixel)).isEqualTo(AS_FOUND);
        assertThat(settings(galaxy)).isEqualTo(AS_FOUND);
        assertThat(launched.out()).contains(pixel.address()).contains(galaxy.address());
    }

    @Test
    void powerOverUsbIsCutWhileTheEngineWorksAndTheLinkMayGoWithIt() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");
        Path hub = Files.createDirectories(folder.resolve("hub"));
        Thread cable = cable(phone, hub);

        Launched launched = phones.bench.melt(run(
                phone.address(),
                "--trials",
                "1",
                "--idle",
                "2s",
                "--usb-off",
                "echo off >" + hub + "/port; while [ -e " + hub + "/port ]; do sleep 0.1; done",
                "--usb-on",
                "echo on >" + hub + "/port; while [ -e " + hub + "/port ]; do sleep 0.1; done"));
        cable.interrupt();

        assertThat(launched.exitCode()).as(launched.err()).isIn(0, 3);
        assertThat(Bench.outcomes(Bench.json(launched))).containsExactly("OK", "OK");
        assertThat(launched.err())
                .contains("USB power off")
                .contains("USB power on")
                .contains("waiting for it to come back");
        assertThat(settings(phone)).isEqualTo(AS_FOUND);
        assertThat(pending()).isEmpty();
        try (RunStore store = phones.bench.store()) {
            String run = store.runs().get(0).id();
            assertThat(store.trials(run).get(1).clock())
                    .as("related to the host's clock")
                    .isPresent();
        }
    }

    /** A hub whose port feeds the phone and carries its link, as a cable does. */
    private static Thread cable(VirtualAndroid phone, Path hub) {
        Thread thread = new Thread(() -> {
            Path port = hub.resolve("port");
            try {
                while (true) {
                    Thread.sleep(50);
                    String word = Files.exists(port) ? Files.readString(port).strip() : "";
                    if (!word.isEmpty()) {
                        phone.plug(word.equals("on"));
                        phone.faults().offline(word.equals("off"));
                        Files.delete(port);
                    }
                }
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
