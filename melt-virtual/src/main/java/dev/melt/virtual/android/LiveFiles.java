package dev.melt.virtual.android;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A phone's state as the texts of its files, by path: what the kernel and the system services of such a phone would show. */
record LiveFiles(PhoneProfile profile) {
    private static final int USB_MICROVOLTS = 5_000_000;

    /**
     * All of them.
     *
     * @param now for temperatures and clocks
     * @param gauge what the battery's gauge saw when it last looked
     */
    Map<String, String> of(PhoneState now, PhoneState gauge) {
        Map<String, String> files = new LinkedHashMap<>();
        battery(gauge, files);
        zones(now, files);
        graphics(now, files);
        rails(now, files);
        files.put("/virtual/live/values", values(gauge));
        files.put("/virtual/live/battery", dumpsysBattery(gauge));
        if (profile.thermal().hal().isPresent()) {
            files.put("/virtual/live/thermalservice", thermalService(now));
        }
        return files;
    }

    private void battery(PhoneState gauge, Map<String, String> files) {
        String folder = "/sys/class/power_supply/" + profile.battery().folder();
        Map<String, String> readings = new TreeMap<>();
        readings.put("status", gauge.statusWord());
        readings.put("capacity", Integer.toString(percent(gauge)));
        readings.put("current_now", Long.toString(current(gauge)));
        readings.put("voltage_now", Long.toString(Math.round(gauge.volts() * 1e6)));
        readings.put("temp", Long.toString(Math.round(gauge.cell() * 10)));
        readings.put("charge_counter", Long.toString(counter(gauge)));
        StringBuilder uevent =
                new StringBuilder("POWER_SUPPLY_NAME=" + profile.battery().folder());
        readings.forEach((name, value) -> {
            files.put(folder + "/" + name, value);
            uevent.append("\nPOWER_SUPPLY_")
                    .append(name.toUpperCase(Locale.ROOT))
                    .append('=')
                    .append(value);
        });
        files.put(folder + "/uevent", uevent.toString());
        String usb = "/sys/class/power_supply/usb/";
        files.put(usb + "online", gauge.plugged() ? "1" : "0");
        files.put(usb + "current_max", gauge.plugged() ? Long.toString(usbMicroamperes()) : "0");
        files.put(usb + "voltage_now", gauge.plugged() ? Integer.toString(USB_MICROVOLTS) : "0");
    }

    private long usbMicroamperes() {
        return Math.round(profile.battery().usbWatts() / USB_MICROVOLTS * 1e12);
    }

    private long current(PhoneState gauge) {
        return Math.round(gauge.amperes()
                * profile.battery().perAmpere()
                * profile.battery().discharging());
    }

    private long counter(PhoneState gauge) {
        long step = profile.battery().counterStep();
        return Math.round(gauge.milliampHours() * 1000) / step * step;
    }

    private static int percent(PhoneState state) {
        return (int) Math.round(state.level() * 100);
    }

    private void zones(PhoneState now, Map<String, String> files) {
        int index = 0;
        for (PhoneProfile.Zone zone : profile.thermal().zones()) {
            files.put(
                    "/sys/class/thermal/thermal_zone" + index++ + "/temp",
                    Long.toString(Math.round((now.degrees(zone.site()) + zone.offset()) * zone.perKelvin())));
        }
        for (index = 0; index < profile.thermal().coolingDevices().size(); index++) {
            files.put("/sys/class/thermal/cooling_device" + index + "/cur_state", Integer.toString(cooling(now)));
        }
    }

    private static int cooling(PhoneState now) {
        return (int) Math.round((1 - now.cap()) * 10);
    }

    /** Cumulative energy in µWs, as the board's power meters of a Pixel give it. */
    private void rails(PhoneState now, Map<String, String> files) {
        Map<Integer, StringBuilder> devices = new TreeMap<>();
        long millis = Math.round(now.seconds() * 1000);
        for (PhoneProfile.Rail rail : profile.rails()) {
            devices.computeIfAbsent(rail.device(), device -> new StringBuilder("t=" + millis))
                    .append(String.format(
                            Locale.ROOT,
                            "\nCH%d(T=%d)[%s], %d",
                            rail.channel(),
                            millis,
                            rail.name(),
                            Math.round(now.joules() * rail.share() * 1e6)));
        }
        devices.forEach((device, text) ->
                files.put("/sys/bus/iio/devices/iio:device" + device + "/energy_value", text.toString()));
    }

    /** Nothing runs on it, so it idles. */
    private void graphics(PhoneState now, Map<String, String> files) {
        PhoneProfile.Gpu gpu = profile.gpu();
        String hertz = Long.toString(gpu.lowestHertz());
        if (gpu.kind().equals("kgsl")) {
            files.put(gpu.folder() + "/gpuclk", hertz);
            files.put(gpu.folder() + "/gpubusy", "      0       0");
            files.put(gpu.folder() + "/gpu_busy_percentage", "0 %");
            files.put(gpu.folder() + "/devfreq/cur_freq", hertz);
            files.put(gpu.folder() + "/temp", Long.toString(Math.round((now.chip() - 4) * 1000)));
        } else {
            files.put(gpu.folder() + "/cur_freq", Long.toString(gpu.lowestHertz() / 1000));
            files.put(gpu.folder() + "/utilization", "0");
        }
    }

    /** For the scripts that answer for system services. */
    private String values(PhoneState gauge) {
        return String.format(
                Locale.ROOT,
                "LEVEL=%d PLUGGED=%d STATUS=%d COUNTER_UAH=%d FULL_UAH=%d DESIGN_UAH=%d",
                percent(gauge),
                gauge.plugged() ? 2 : 0,
                gauge.status(),
                counter(gauge),
                Math.round(profile.battery().fullMilliampHours() * 1000),
                Math.round(profile.battery().designMilliampHours() * 1000));
    }

    private String dumpsysBattery(PhoneState gauge) {
        List<String> lines = new ArrayList<>(List.of(
                "Current Battery Service state:",
                "  AC powered: false",
                "  USB powered: " + gauge.plugged(),
                "  Wireless powered: false"));
        if (profile.sdk() >= 33) {
            lines.add("  Dock powered: false");
        }
        lines.addAll(List.of(
                "  Max charging current: " + (gauge.plugged() ? usbMicroamperes() : 0),
                "  Max charging voltage: " + (gauge.plugged() ? USB_MICROVOLTS : 0),
                "  Charge counter: " + counter(gauge),
                "  status: " + gauge.status(),
                "  health: 2",
                "  present: true",
                "  level: " + percent(gauge),
                "  scale: 100",
                "  voltage: " + Math.round(gauge.volts() * 1000),
                "  temperature: " + Math.round(gauge.cell() * 10),
                "  technology: Li-ion"));
        if (profile.battery().vendorDump()) {
            lines.addAll(List.of(
                    "  batteryMiscEvent: 0",
                    "  mSecPlugTypeSummary: " + (gauge.plugged() ? 2 : 0),
                    "  LED Charging: " + gauge.plugged(),
                    "  current now: " + current(gauge),
                    "  charge counter: " + counter(gauge),
                    "  Adaptive Fast Charging Settings: true",
                    "FEATURE_HICCUP_CONTROL: true",
                    "BatteryInfoBackUp",
                    "  mSavedBatteryAsoc: 97",
                    "  mSavedBatteryUsage: 4120"));
        }
        return String.join("\n", lines);
    }

    private String thermalService(PhoneState now) {
        List<String> lines = new ArrayList<>(List.of(
                "IsStatusOverride: false",
                "ThermalEventListeners:",
                "\tcallbacks: 1",
                "\tkilled: false",
                "\tbroadcasts count: -1",
                "ThermalStatusListeners:",
                "\tcallbacks: 2",
                "\tkilled: false",
                "\tbroadcasts count: -1",
                "Thermal Status: " + now.thermalStatus(),
                "Cached temperatures:"));
        // the cache keeps what last raised an event: on a phone that is often long ago, and hotter
        profile.thermal().sensors().forEach(sensor -> lines.add(temperature(sensor, now, 9.5)));
        lines.add("HAL Ready: true");
        lines.add("HAL connection:");
        lines.add("\t" + profile.thermal().hal().orElse("") + " connected: yes");
        lines.add("Current temperatures from HAL:");
        profile.thermal().sensors().forEach(sensor -> lines.add(temperature(sensor, now, 0)));
        lines.add("Current cooling devices from HAL:");
        new TreeMap<>(profile.thermal().coolingDevices())
                .forEach((name, kind) -> lines.add(
                        "\tCoolingDevice{mValue=" + cooling(now) + ", mType=" + kind + ", mName=" + name + "}"));
        lines.add("Temperature static thresholds from HAL:");
        profile.thermal().sensors().stream()
                .filter(sensor -> sensor.kind() == 3)
                .forEach(sensor -> lines.add(thresholds(sensor)));
        return String.join("\n", lines);
    }

    private static String temperature(PhoneProfile.Sensor sensor, PhoneState now, double more) {
        boolean fixed = sensor.site() == PhoneProfile.Site.NONE;
        double value = now.degrees(sensor.site()) + sensor.offset() + (fixed ? 0 : more);
        return String.format(
                Locale.ROOT,
                "\tTemperature{mValue=%s, mType=%d, mName=%s, mStatus=%d}",
                Float.toString(Math.round(value * 1000) / 1000f),
                sensor.kind(),
                sensor.name(),
                sensor.kind() == 3 ? now.thermalStatus() : 0);
    }

    private String thresholds(PhoneProfile.Sensor sensor) {
        return "\tTemperatureThreshold{mType=3, mName=" + sensor.name() + ", mHotThrottlingThresholds=[NaN, "
                + String.join(
                        ", ",
                        profile.thermal().severity().stream()
                                .map(String::valueOf)
                                .toList())
                + "], mColdThrottlingThresholds=[NaN, NaN, NaN, NaN, NaN, NaN, NaN]}";
    }
}
