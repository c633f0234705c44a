package dev.melt.virtual.android;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.melt.virtual.android.VirtualAndroid.Options;
import dev.melt.virtual.box.Box;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Virtual phones behind Debian's real adb. */
class VirtualAndroidTest extends WithPhones {
    @ParameterizedTest
    @ValueSource(strings = {"pixel8", "galaxy-s24", "xiaomi-14", "android-6"})
    void saysWhatItIsAndThatItIsVirtual(String name) throws Exception {
        VirtualAndroid phone = start(name, Options.PLAIN);

        assertThat(adb.shell(phone, "getprop ro.product.model; getprop ro.melt.virtual; getprop nothing; id -u; pwd"))
                .isEqualTo(phone.profile().properties().get("ro.product.model") + "\n1\n\n2000\n/\n");
        assertThat(adb.shell(phone, "getprop"))
                .contains("[ro.build.version.sdk]: [" + phone.profile().sdk() + "]");
        assertThat(adb.shell(phone, "uname -r; dumpsys battery; dumpsys power; dumpsys deviceidle enabled"))
                .startsWith(phone.profile().kernel() + "\nCurrent Battery Service state:\n")
                .contains("  level: 80\n", "mWakefulness=Awake", "Battery saver is OFF")
                .endsWith("\n1\n");
        assertThat(adb.shell(phone, "dumpsys meminfo")).contains("Total RAM:");
        assertThat(adb.shell(phone, "dumpsys batterystats --checkin")).contains("9,0,l,bt,1,");
    }

    @Test
    void hasNoThermalServiceWhereAndroidHadNone() throws Exception {
        VirtualAndroid old = start("android-6", Options.PLAIN);
        VirtualAndroid pixel = start("pixel8", Options.PLAIN);

        assertThat(adb.shell(old, "dumpsys thermalservice")).contains("Can't find service: thermalservice");
        assertThat(adb.shell(pixel, "dumpsys thermalservice"))
                .contains("Thermal Status: 0", "mName=VIRTUAL-SKIN", "Current temperatures from HAL:");
        assertThat(adb.shell(pixel, "cmd thermalservice override-status 3; dumpsys thermalservice"))
                .contains("IsStatusOverride: true", "Thermal Status: 3");
    }

    @Test
    void twoPhonesAreThereAtOnce() throws Exception {
        VirtualAndroid one = start("pixel8", Options.PLAIN);
        VirtualAndroid other = start("xiaomi-14", Options.PLAIN.withSeed(2));

        adb.shell(one, "echo one >/data/local/tmp/who");

        assertThat(adb.shell(one, "cat /data/local/tmp/who; getprop ro.serialno"))
                .isEqualTo("one\n" + one.serial() + "\n");
        assertThat(adb.shell(other, "cat /data/local/tmp/who; getprop ro.serialno"))
                .contains("No such file", other.serial() + "\n");
        assertThat(other.serial()).isNotEqualTo(one.serial());
    }

    @Test
    void keepsSettingsOverAReboot() throws Exception {
        VirtualAndroid phone = start("galaxy-s24", Options.PLAIN);
        String read = "settings get system screen_brightness; settings get global nothing; "
                + "cat /proc/sys/kernel/random/boot_id; read -r up _ </proc/uptime; echo ${up%.*}";
        adb.shell(phone, "settings put system screen_brightness 64; sleep 100 >/dev/null 2>&1 &");
        List<String> before = adb.shell(phone, read).lines().toList();

        phone.reboot(Duration.ofMillis(200));
        adb.connect(phone);
        List<String> after = adb.shell(phone, read).lines().toList();

        assertThat(before.subList(0, 2)).containsExactly("64", "null");
        assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2));
        assertThat(after.get(2)).isNotEqualTo(before.get(2));
        assertThat(Integer.parseInt(before.get(3))).isGreaterThan(270_000);
        assertThat(Integer.parseInt(after.get(3))).isLessThan(100);
        assertThat(adb.shell(phone, "pgrep sleep")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"pixel8, 0", "galaxy-s24, 0", "android-6, 1"})
    void copiesFilesThatItsShellCanUse(String name, int withoutSha256) throws Exception {
        VirtualAndroid phone = start(name, Options.PLAIN);
        byte[] content = new byte[2_000_000];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("model.bin"), content);

        assertThat(adb.on(phone, "push", file.toString(), "/data/local/tmp/a/model.bin")
                        .text())
                .contains("1 file pushed");
        assertThat(adb.shell(
                        phone,
                        "cd /data/local/tmp/a && mv model.bin b && chmod 755 b && wc -c <b && sha256sum b | wc -l"))
                .startsWith("2000000\n")
                .endsWith(1 - withoutSha256 + "\n");
        assertThat(adb.on(
                                phone,
                                "pull",
                                "/data/local/tmp/a/b",
                                folder.resolve("back").toString())
                        .exitCode())
                .isZero();
        assertThat(folder.resolve("back")).hasBinaryContent(content);
        assertThat(adb.on(phone, "push", file.toString(), "/system/bin/sh").text())
                .contains("Permission denied");
        assertThat(adb.on(phone, "push", file.toString(), "/sdcard/m").exitCode())
                .isZero();
        assertThat(adb.shell(phone, "ls /sdcard /storage/emulated/0")).contains("m\n");
    }

    @Test
    void runsTheAgent() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN);
        pushAgent(phone);

        assertThat(adb.shell(phone, "sh " + AGENT + " version; sh " + AGENT + " shell"))
                .isEqualTo("melt-agent 1\n/system/bin/sh\n");
        assertThat(adb.shell(phone, "sh " + AGENT + " clock")).contains("clock=vernier\n");
    }

    @Test
    void runsTheAgentInAPoorShell() throws Exception {
        VirtualAndroid phone = start("android-6", Options.PLAIN);
        pushAgent(phone);

        assertThat(adb.shell(phone, "sh " + AGENT + " version; sh " + AGENT + " clock"))
                .startsWith("melt-agent 1\n")
                .contains("clock=uptime\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pixel8", "android-6"})
    void aJobGoesOnWhenTheLinkBreaksAndTheServerIsKilled(String name) throws Exception {
        VirtualAndroid phone = start(name, Options.PLAIN);
        pushAgent(phone);
        startJob(phone, "sleep 2; echo done");

        phone.faults().drop();
        adb.run("kill-server");
        adb.connect(phone);

        assertThat(agent(phone, "await t1 20")).contains("state=FINISHED", "exit=0");
        assertThat(adb.shell(phone, "cat /data/local/tmp/melt/trials/t1/stdout"))
                .isEqualTo("done\n");
        assertThat(adb.shell(phone, "wc -l </data/local/tmp/melt/trials/t1/samples.tsv")
                        .strip())
                .satisfies(lines -> assertThat(Integer.parseInt(lines)).isGreaterThan(10));
    }

    @Test
    void aJobThatARebootEndedIsLost() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN);
        pushAgent(phone);
        startJob(phone, "sleep 100");

        phone.faults().reboot(Duration.ofMillis(100));
        adb.connect(phone);

        assertThat(agent(phone, "status t1")).contains("state=LOST");
    }

    @Test
    void aKilledEngineIsToldInTheLog() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN);
        pushAgent(phone);
        startJob(phone, "exec awk 'BEGIN { while (1) x++ }'");
        await().until(() -> phone.faults().killEngine().isPresent());

        assertThat(agent(phone, "await t1 20")).contains("exit=137");
        assertThat(adb.shell(phone, "logcat -d -b all -v epoch -s lowmemorykiller"))
                .contains("I lowmemorykiller: Kill '", "reason: low watermark");
    }

    @Test
    void aFullDiskIsToldToTheHostAndToTheShell() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN.withData(20_000_000));
        Path file = Files.write(folder.resolve("model.bin"), new byte[5_000_000]);
        phone.faults().fillDisk(1_000_000);

        assertThat(adb.on(phone, "push", file.toString(), "/data/local/tmp/m").text())
                .contains("No space left on device");
        assertThat(adb.shell(phone, "head -c 5000000 /dev/zero >/data/local/tmp/z"))
                .contains("No space left");
        phone.faults().freeDisk();
        assertThat(adb.on(phone, "push", file.toString(), "/data/local/tmp/m").exitCode())
                .isZero();
        phone.reboot(Duration.ofMillis(100));
        adb.connect(phone);
        assertThat(adb.shell(phone, "wc -c </data/local/tmp/m").strip()).isEqualTo("5000000");
    }

    @Test
    void aPushCanArriveChanged() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN);
        Path file = Files.write(folder.resolve("model.bin"), new byte[100_000]);
        String sum = "cd /data/local/tmp && sha256sum <";

        phone.faults().corruptNextPush();
        adb.on(phone, "push", file.toString(), "/data/local/tmp/bad");
        adb.on(phone, "push", file.toString(), "/data/local/tmp/good");

        assertThat(adb.shell(phone, sum + "bad")).isNotEqualTo(adb.shell(phone, sum + "good"));
    }

    @Test
    void theListOfDevicesSaysWhatIsWrong() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN);

        phone.faults().unauthorised();
        adb.run("disconnect");
        adb.run("connect", phone.address());
        adb.await("unauthorized");
        phone.faults().authorise();
        adb.connect(phone);
        phone.faults().state("recovery");
        adb.await("recovery");
        phone.faults().state("device");
        adb.connect(phone);
        phone.faults().offline(true);
        adb.await("offline");
        phone.faults().offline(false);
        adb.connect(phone);
    }

    @Test
    void aPushEndsWhereTheLinkBreaks() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN);
        Path file = Files.write(folder.resolve("model.bin"), new byte[5_000_000]);

        phone.faults().dropAfter(2_000_000);
        assertThat(adb.on(phone, "push", file.toString(), "/data/local/tmp/m").exitCode())
                .isNotZero();
        adb.connect(phone);

        assertThat(adb.on(phone, "push", file.toString(), "/data/local/tmp/m").exitCode())
                .isZero();
    }

    @Test
    void onlyRootReadsThePowerMetersAndSetsClocks() throws Exception {
        VirtualAndroid sold = start("pixel8", Options.PLAIN);
        assumeTrue(Box.hasUsers(), "only root can give the shell another user");
        assertThat(adb.shell(sold, "cat /sys/bus/iio/devices/iio:device0/energy_value"))
                .contains("Permission denied");
        sold.close();

        VirtualAndroid rooted = start("pixel8", Options.PLAIN.withRoot());
        assertThat(adb.shell(rooted, "id -u; cat /sys/bus/iio/devices/iio:device0/energy_value"))
                .startsWith("0\nt=")
                .contains("[S2M_VDD_CPUCL2], ");
        String most = "/sys/devices/system/cpu/cpufreq/policy8/scaling_max_freq";
        assertThat(adb.shell(rooted, "echo 1298000 >" + most + "; sleep 0.5; cat " + most))
                .isEqualTo("1298000\n");
    }

    @Test
    void forwardsPorts() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN);
        try (ServerSocket onPhone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String said = adb.on(phone, "forward", "tcp:0", "tcp:" + onPhone.getLocalPort())
                    .text()
                    .strip();
            try (Socket host = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(said));
                    Socket engine = onPhone.accept()) {
                host.getOutputStream().write("hello\n".getBytes(US_ASCII));
                assertThat(engine.getInputStream().readNBytes(6))
                        .asString(US_ASCII)
                        .isEqualTo("hello\n");
                engine.getOutputStream().write("back\n".getBytes(US_ASCII));
                assertThat(host.getInputStream().readNBytes(5))
                        .asString(US_ASCII)
                        .isEqualTo("back\n");
            }
        }
    }

    @Test
    void runsJava() throws Exception {
        VirtualAndroid phone = start("xiaomi-14", Options.PLAIN);
        assertThat(adb.shell(phone, "java -version")).contains("version \"");
    }

    @Test
    void gaugesFollowTheLoad() throws Exception {
        VirtualAndroid phone = start("xiaomi-14", Options.PLAIN.withPace(50));
        phone.plug(false);
        String read = "cat /sys/class/power_supply/battery/current_now /sys/class/thermal/thermal_zone0/temp";
        List<String> idle = adb.shell(phone, read).lines().toList();

        adb.shell(phone, "for i in 1 2 3 4; do awk 'BEGIN { while (1) x++ }' >/dev/null 2>&1 & done");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            List<String> busy = adb.shell(phone, read).lines().toList();
            assertThat(Long.parseLong(busy.get(0))).isGreaterThan(Long.parseLong(idle.get(0)) + 100_000);
            assertThat(Long.parseLong(busy.get(1))).isGreaterThan(Long.parseLong(idle.get(1)) + 1000);
        });
    }

    @Test
    void levelAndChargerCanBeSet() throws Exception {
        VirtualAndroid phone = start("galaxy-s24", Options.PLAIN);
        phone.batteryLevel(0.31);
        assertThat(adb.shell(phone, "dumpsys battery"))
                .contains("  level: 31\n", "  USB powered: true\n", "  status: 2\n");
        phone.plug(false);
        assertThat(adb.shell(phone, "dumpsys battery")).contains("  USB powered: false\n", "  status: 3\n");
        assertThat(adb.shell(phone, "dumpsys battery set level 50; dumpsys battery"))
                .contains("UPDATES STOPPED", "  level: 50\n");
        assertThat(adb.shell(phone, "dumpsys battery reset; dumpsys battery")).contains("  level: 31\n");
    }

    @Test
    void isRestartedByItsShellAndByAdb() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN);
        String id = adb.shell(phone, "cat /proc/sys/kernel/random/boot_id");
        adb.on(phone, "reboot");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            adb.run("connect", phone.address());
            assertThat(adb.shell(phone, "cat /proc/sys/kernel/random/boot_id"))
                    .hasSize(id.length())
                    .isNotEqualTo(id);
        });
    }
}
