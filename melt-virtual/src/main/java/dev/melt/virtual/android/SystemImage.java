package dev.melt.virtual.android;

import dev.melt.virtual.box.Box;
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
import java.util.Set;
import java.util.TreeMap;

/**
 * Lays out what a phone has from the factory: programs, properties, settings, and the part of {@code /sys} that does not change.
 * What a user changed in an earlier life of the same folder stays.
 */
final class SystemImage {
    private static final Path HOST = Path.of("/usr/bin");
    private static final Path TOYBOX = HOST.resolve("toybox");
    private static final List<String> PROGRAMS = List.of(
            "am",
            "cmd",
            "device_config",
            "dmesg",
            "dumpsys",
            "getenforce",
            "getprop",
            "input",
            "log",
            "logcat",
            "pm",
            "reboot",
            "service",
            "setprop",
            "settings",
            "svc",
            "uname",
            "wm");
    private static final List<String> SERVICES = List.of(
            "SurfaceFlinger",
            "activity",
            "battery",
            "batterystats",
            "deviceidle",
            "display",
            "gpu",
            "meminfo",
            "power",
            "thermalservice");
    /** What Android's toybox brings, and its own awk, grep and the like. */
    private static final List<String> APPLETS = List.of(
            ("[ awk base64 basename blockdev cal cat chgrp chmod chown chroot chrt cksum clear cmp comm cp cpio cut date dd df diff "
                            + "dirname dos2unix du echo egrep env expand expr fallocate false fgrep file find flock fmt free fsync "
                            + "getconf grep groups gunzip gzip head hostname id ifconfig inotifyd iconv install ionice kill killall "
                            + "ln logname ls lsof md5sum microcom mkdir mkfifo mknod mktemp more mount mountpoint mv nc netcat "
                            + "netstat nice nl nohup nproc nsenter od paste patch pgrep pidof ping pkill pmap printenv printf ps "
                            + "pwd readlink realpath renice rev rm rmdir sed seq setsid sha1sum sha224sum sha256sum sha384sum "
                            + "sha512sum sleep sort split stat strings stty sync tac tail tar taskset tee test time timeout top "
                            + "touch tr true truncate tty ulimit umount uniq unix2dos unlink unshare uptime usleep uudecode "
                            + "uuencode vmstat watch wc which whoami xargs xxd yes zcat")
                    .split(" ", -1));

    private final PhoneProfile profile;
    private final MachineTree tree;
    private final Set<String> applets;

    SystemImage(PhoneProfile profile, MachineTree tree) throws IOException {
        this.profile = profile;
        this.tree = tree;
        this.applets = toyboxApplets();
    }

    private static Set<String> toyboxApplets() throws IOException {
        if (!Files.isExecutable(TOYBOX)) {
            return Set.of();
        }
        Process process = new ProcessBuilder(TOYBOX.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String names = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Set.of(names.strip().split("\\s+", -1));
    }

    /** The program that is {@code /system/bin/sh}. */
    Path shell() {
        Path wanted = HOST.resolve(profile.shell());
        return Files.isExecutable(wanted) ? wanted : Path.of("/bin/sh");
    }

    /** {@code toybox}, or {@code coreutils} where this machine has none. */
    String tools() {
        return Files.isExecutable(TOYBOX) ? "toybox" : "coreutils";
    }

    /** Lays it out; {@code quirks} are those of this phone beside its profile's. */
    void write(String serial, boolean rooted, List<String> quirks) throws IOException {
        folders();
        programs();
        properties(serial, rooted);
        settings();
        List<String> all = new ArrayList<>(profile.quirks());
        all.addAll(quirks);
        tree.put("/virtual/quirks", String.join(" ", all));
        new FixedSysfs(profile, tree).write();
        for (Map.Entry<String, String> file : profile.files().entrySet()) {
            tree.put(file.getKey(), file.getValue());
        }
        for (String path : profile.denied()) {
            tree.mode(path, Files.isDirectory(tree.at(path)) ? "rwx------" : "rw-------");
        }
    }

    private void folders() throws IOException {
        for (String path : List.of(
                "/data",
                "/data/local",
                "/data/local/tmp",
                "/data/media/0",
                "/data/misc/perfetto-traces",
                "/virtual/state")) {
            Path folder = tree.folder(path);
            tree.mode(path, path.equals("/data") ? "rwxrwx--x" : "rwxrwxr-x");
            if (!path.equals("/data")) {
                tree.give(folder);
            }
        }
        tree.mode("/data", "rwxr-xr-x");
        tree.folder("/storage/emulated/0");
        tree.folder("/vendor/bin");
        tree.link("/sdcard", "/storage/emulated/0");
        tree.folder("/etc");
        tree.put("/etc/passwd", "root:x:0:0::/:/system/bin/sh\nshell:x:2000:2000::/:/system/bin/sh");
        tree.put("/etc/group", "root:x:0:\nshell:x:2000:");
        tree.put("/etc/hosts", "127.0.0.1 localhost");
    }

    private void programs() throws IOException {
        Path bin = tree.folder("/system/bin");
        for (String applet : APPLETS) {
            link(bin, applet);
        }
        tree.link("/system/bin/sh", shell().toString());
        tree.link("/system/xbin/java", "/usr/bin/java");
        if (Files.isExecutable(TOYBOX)) {
            if (profile.without().isEmpty()) {
                tree.link("/system/bin/toybox", TOYBOX.toString());
            } else {
                program("system/bin/toybox-old", "/system/bin/toybox");
            }
        }
        for (String name : PROGRAMS) {
            if (!profile.without().contains(name)) {
                program("system/bin/" + name, "/system/bin/" + name);
            }
        }
        for (String name : SERVICES) {
            if (!name.equals("thermalservice") || profile.thermal().hal().isPresent()) {
                program("system/dumpsys/" + name, "/system/lib/virtual/dumpsys/" + name);
            }
        }
    }

    private void link(Path bin, String applet) throws IOException {
        Files.deleteIfExists(bin.resolve(applet));
        Path program = applets.contains(applet) ? TOYBOX : HOST.resolve(applet);
        if (!profile.without().contains(applet) && Files.isExecutable(program)) {
            Files.createSymbolicLink(bin.resolve(applet), program);
        }
    }

    private void program(String resource, String path) throws IOException {
        new Programs(SystemImage.class, tree).put(resource, path);
    }

    private void properties(String serial, boolean rooted) throws IOException {
        Map<String, String> all = new TreeMap<>(profile.properties());
        String abi = abi();
        all.put("ro.build.version.release", profile.android());
        all.put("ro.build.version.sdk", Integer.toString(profile.sdk()));
        all.put("ro.build.type", rooted ? "userdebug" : "user");
        all.put("ro.debuggable", rooted ? "1" : "0");
        all.put("ro.serialno", serial);
        all.put("ro.product.cpu.abi", abi);
        all.put("ro.product.cpu.abilist", abi);
        all.put("ro.product.cpu.abilist64", abi);
        all.put("ro.config.low_ram", "false");
        all.put(
                "ro.kernel.version",
                profile.kernel().split("\\.", -1)[0] + "." + profile.kernel().split("\\.", -1)[1]);
        all.put("sys.boot_completed", "1");
        all.put("ro.melt.virtual", "1");
        all.put("ro.melt.virtual.user", rooted || !Box.hasUsers() ? "root" : "shell");
        all.put("ro.melt.virtual.shell", shell().getFileName().toString());
        all.put("ro.melt.virtual.tools", tools());
        // this machine's programs run on it, and so does its Java machine where that lies in a folder that the phone
        // shares
        all.put("ro.melt.virtual.abi", HostPrograms.abi());
        HostPrograms.java().ifPresent(java -> all.put("ro.melt.virtual.java", java));
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        tree.put("/virtual/props", text.toString().strip());
        tree.put("/virtual/kernel", profile.kernel());
        tree.put("/virtual/gpu", profile.gpu().model());
    }

    /** Programs that are to run there are those of this machine. */
    private static String abi() {
        return switch (System.getProperty("os.arch")) {
            case "aarch64", "arm64" -> "arm64-v8a";
            default -> "x86_64";
        };
    }

    private void settings() throws IOException {
        tree.give(tree.folder("/virtual/state/settings"));
        tree.putFirst("/virtual/state/settings/system", """
                accelerometer_rotation=1
                screen_brightness=102
                screen_brightness_mode=1
                screen_off_timeout=60000""");
        tree.putFirst("/virtual/state/settings/secure", "doze_enabled=1\nlocation_mode=3");
        tree.putFirst("/virtual/state/settings/global", """
                airplane_mode_on=0
                animator_duration_scale=1.0
                bluetooth_on=1
                device_name=%s
                low_power=0
                mobile_data=1
                stay_on_while_plugged_in=0
                transition_animation_scale=1.0
                wifi_on=1
                window_animation_scale=1.0""".formatted(
                        profile.properties().get("ro.product.model")));
        tree.putFirst("/virtual/state/wakefulness", "Awake");
        Path locks = tree.at("/virtual/state/wakelocks");
        Path log = tree.at("/virtual/state/logcat");
        for (Path file : List.of(locks, log)) {
            if (!Files.exists(file)) {
                Files.createFile(file);
                tree.give(file);
            }
        }
    }
}
