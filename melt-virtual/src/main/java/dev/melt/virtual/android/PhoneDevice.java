package dev.melt.virtual.android;

import dev.melt.virtual.adb.AdbFaults;
import dev.melt.virtual.adb.Adbd;
import dev.melt.virtual.box.Box;
import dev.melt.virtual.machine.MachineTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A phone as adb's daemon sees it. */
record PhoneDevice(
        PhoneProfile profile,
        Box box,
        MachineTree tree,
        String serial,
        int user,
        List<String> environment,
        AdbFaults faults,
        Runnable rebooting)
        implements Adbd.Device {
    private static final String PATH =
            "/product/bin:/apex/com.android.runtime/bin:/apex/com.android.art/bin:/system_ext/bin"
                    + ":/system/bin:/system/xbin:/odm/bin:/vendor/bin:/vendor/xbin";

    @Override
    public String banner() {
        return faults.state() + "::ro.product.name=" + profile.properties().get("ro.product.name")
                + ";ro.product.model="
                + profile.properties().get("ro.product.model") + ";ro.product.device="
                + profile.properties().get("ro.product.device")
                + (profile.features().isEmpty() ? ";" : ";features=" + String.join(",", profile.features()));
    }

    @Override
    public boolean hasShellV2() {
        return profile.hasShellV2();
    }

    @Override
    public List<String> shell(String command) {
        List<String> line = new ArrayList<>(List.of("/usr/bin/env", "-i"));
        line.addAll(environment);
        line.addAll(List.of(
                "PATH=" + PATH,
                "HOME=/",
                "SHELL=/system/bin/sh",
                "USER=" + (user == 0 ? "root" : "shell"),
                "LOGNAME=" + (user == 0 ? "root" : "shell"),
                "HOSTNAME=" + profile.properties().get("ro.product.device"),
                "ANDROID_ROOT=/system",
                "ANDROID_DATA=/data",
                "ANDROID_STORAGE=/storage",
                "EXTERNAL_STORAGE=/sdcard",
                "TMPDIR=/data/local/tmp",
                "/system/bin/sh"));
        if (!command.isEmpty()) {
            line.addAll(List.of("-c", command));
        }
        return box.entering(line, user);
    }

    @Override
    public Path path(String onDevice) {
        return new PhonePaths(box).onHost(onDevice);
    }

    @Override
    public boolean mayWrite(String onDevice) {
        return user == 0 || new PhonePaths(box).mayWrite(onDevice);
    }

    @Override
    public void made(Path file) throws IOException {
        tree.give(file);
    }

    @Override
    public void reboot() {
        rebooting.run();
    }
}
