package dev.melt.virtual.android;

import dev.melt.virtual.machine.CpuClocks;
import dev.melt.virtual.machine.MachineTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The part of {@code /sys} that does not change: which clocks, gauges and zones there are. */
record FixedSysfs(PhoneProfile profile, MachineTree tree) {
    void write() throws IOException {
        new CpuClocks(profile.clusters(), tree).layOut();
        gauges();
        graphics();
        rails();
        tree.put(profile.charger().path(), profile.charger().normal());
        tree.put("/sys/power/wake_lock", "");
        tree.put("/sys/power/wake_unlock", "");
    }

    private void gauges() throws IOException {
        PhoneProfile.Battery battery = profile.battery();
        String folder = "/sys/class/power_supply/" + battery.folder();
        tree.put(folder + "/type", "Battery");
        tree.put(folder + "/present", "1");
        tree.put(folder + "/technology", "Li-ion");
        tree.put(folder + "/health", "Good");
        tree.put(folder + "/cycle_count", Integer.toString(battery.cycles()));
        tree.put(folder + "/charge_full", Long.toString(Math.round(battery.fullMilliampHours() * 1000)));
        tree.put(folder + "/charge_full_design", Long.toString(Math.round(battery.designMilliampHours() * 1000)));
        tree.put("/sys/class/power_supply/usb/type", "USB");
        tree.put("/sys/class/power_supply/usb/usb_type", battery.usbType());
        int index = 0;
        for (PhoneProfile.Zone zone : profile.thermal().zones()) {
            tree.put("/sys/class/thermal/thermal_zone" + index++ + "/type", zone.type());
        }
        index = 0;
        for (String name : new TreeMap<>(profile.thermal().coolingDevices()).keySet()) {
            tree.put("/sys/class/thermal/cooling_device" + index + "/type", name);
            tree.put("/sys/class/thermal/cooling_device" + index++ + "/max_state", "10");
        }
    }

    private void graphics() throws IOException {
        PhoneProfile.Gpu gpu = profile.gpu();
        if (gpu.kind().equals("kgsl")) {
            tree.put(gpu.folder() + "/gpu_model", gpu.model());
            tree.put(gpu.folder() + "/max_gpuclk", Long.toString(gpu.highestHertz()));
        } else {
            tree.put(gpu.folder() + "/gpuinfo", gpu.model());
        }
    }

    private void rails() throws IOException {
        TreeMap<Integer, List<String>> devices = new TreeMap<>();
        profile.rails()
                .forEach(rail -> devices.computeIfAbsent(rail.device(), device -> new ArrayList<>())
                        .add("CH" + rail.channel() + "[" + rail.name() + "]:" + rail.subsystem()));
        for (int device : devices.keySet()) {
            String folder = "/sys/bus/iio/devices/iio:device" + device;
            tree.put(folder + "/name", "s2mpg14-odpm");
            tree.put(folder + "/enabled_rails", String.join("\n", devices.get(device)));
        }
    }
}
