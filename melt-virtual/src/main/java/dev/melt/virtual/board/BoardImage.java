package dev.melt.virtual.board;

import dev.melt.virtual.machine.CpuClocks;
import dev.melt.virtual.machine.HostPrograms;
import dev.melt.virtual.machine.MachineTree;
import dev.melt.virtual.machine.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lays out what a board has when it has been set up: users, programs, and the part of {@code /sys} that does not change. */
record BoardImage(BoardProfile profile, BoardUser user, MachineTree tree) {
    /** Where Linux keeps the device tree; {@code /proc/device-tree} leads there. */
    private static final String DEVICE_TREE = "/sys/firmware/devicetree/base/";

    private static final List<String> PROGRAMS = List.of("dmesg", "hostname", "reboot", "sudo", "uname");
    private static final List<String> TEGRA_PROGRAMS = List.of("jetson_clocks", "nvpmodel", "tegrastats");

    void write(String name) throws IOException {
        users(name);
        identity(name);
        programs();
        new CpuClocks(profile.clusters(), tree).layOut();
        thermal();
        if (profile.tegra().isPresent()) {
            new FixedTegra(profile, profile.tegra().get(), tree).write();
        }
        for (Map.Entry<String, String> file : profile.files().entrySet()) {
            tree.put(file.getKey(), file.getValue());
        }
    }

    /** What is mounted in the box when it starts, before anybody can come in. */
    static String mounts() {
        StringBuilder text = new StringBuilder("""
                [ ! -d "$ROOT/dev/shm" ] || mount -t tmpfs -o mode=1777 none "$ROOT/dev/shm"
                for BIN in bin sbin; do
                    [ ! -d "$ROOT/usr/local/$BIN" ] || mount --bind "$FILES/virtual/$BIN" "$ROOT/usr/local/$BIN"
                done
                """);
        if (BoardUser.isApart()) {
            // lies in the box's own memory, where nobody outside can reach it
            text.append("""
                    mkdir "$ROOT/libexec"
                    cp /usr/bin/setpriv "$ROOT/libexec/as-root"
                    chmod 4755 "$ROOT/libexec/as-root"
                    """);
        }
        return text.toString();
    }

    private void users(String name) throws IOException {
        Path home = tree.folder(user.home());
        tree.give(home);
        for (String path : List.of("/root", "/run", "/var/lib", "/var/tmp", "/virtual/state", "/virtual/bin")) {
            tree.folder(path);
        }
        tree.mode("/var/tmp", "rwxrwxrwx");
        tree.mode("/root", "rwx------");
        int number = user.number();
        tree.put("/etc/passwd", """
                root:x:0:0:root:/root:/bin/bash
                %s:x:%d:%d:,,,:%s:/bin/bash""".formatted(user.name(), number, number, user.home()));
        tree.put("/etc/group", """
                root:x:0:
                sudo:x:27:%s
                video:x:44:%s
                %s:x:%d:""".formatted(user.name(), user.name(), user.name(), number));
        tree.put("/etc/hostname", name);
        tree.put("/etc/hosts", "127.0.0.1 localhost " + name);
        tree.put("/virtual/rights", user.rights() ? "1" : "0");
    }

    private void identity(String name) throws IOException {
        tree.put("/etc/os-release", String.join("\n", profile.osRelease()));
        tree.put("/virtual/kernel", profile.kernel());
        deviceTree("model", List.of(profile.model()));
        deviceTree("compatible", profile.compatible());
        Map<String, String> facts = new TreeMap<>();
        facts.put("virtual", "1");
        facts.put("profile", name);
        facts.put("abi", HostPrograms.abi());
        HostPrograms.java().ifPresent(java -> facts.put("java", java));
        List<String> lines = new ArrayList<>();
        facts.forEach((key, value) -> lines.add(key + "=" + value));
        tree.put("/etc/melt-virtual", String.join("\n", lines));
    }

    /** Each word ends with a NUL, as everything does there. */
    private void deviceTree(String name, List<String> words) throws IOException {
        Path file = tree.at(DEVICE_TREE + name);
        Files.createDirectories(file.getParent());
        Files.write(file, (String.join("\0", words) + "\0").getBytes(StandardCharsets.UTF_8));
    }

    private void programs() throws IOException {
        Programs programs = new Programs(BoardImage.class, tree);
        tree.folder("/virtual/sbin");
        for (String program : PROGRAMS) {
            programs.put("bin/" + program, "/virtual/bin/" + program);
        }
        if (profile.tegra().isPresent()) {
            for (String program : TEGRA_PROGRAMS) {
                programs.put("bin/" + program, "/virtual/bin/" + program);
            }
            if (profile.tegra().get().generation() == Tegra.Generation.R38) {
                programs.put("bin/nvidia-smi", "/virtual/bin/nvidia-smi");
            }
        }
    }

    private void thermal() throws IOException {
        String folder = "/sys/class/thermal/";
        for (int i = 0; i < profile.zones().size(); i++) {
            BoardProfile.Zone zone = profile.zones().get(i);
            tree.put(folder + "thermal_zone" + i + "/type", zone.type());
            if (zone.site() == BoardProfile.Site.UNREADABLE) {
                // a file that can be opened and not be read
                tree.link(folder + "thermal_zone" + i + "/temp", "/proc/self/mem");
            }
            tree.link("/sys/devices/virtual/thermal/thermal_zone" + i, "../../../class/thermal/thermal_zone" + i);
        }
        for (int i = 0; i < profile.coolingDevices().size(); i++) {
            String name = profile.coolingDevices().get(i);
            tree.put(folder + "cooling_device" + i + "/type", name);
            tree.put(folder + "cooling_device" + i + "/max_state", name.equals("pwm-fan") ? "4" : "1");
        }
    }
}
