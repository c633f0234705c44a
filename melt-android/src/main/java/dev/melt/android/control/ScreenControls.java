package dev.melt.android.control;

import dev.melt.core.device.Control;
import dev.melt.core.remote.ShellControl;
import java.util.List;
import java.util.Optional;

/** The screen draws more than a small model does, and a phone that falls asleep computes nothing: awake, and as dark as can be. */
final class ScreenControls {
    private static final String WHOLE = "[0-9]{1,10}";
    private static final String SCALE = "[0-9]{1,2}(\\.[0-9]{1,3})?";

    /** {@code KeyEvent.KEYCODE_WAKEUP} and {@code KEYCODE_SLEEP}, of Android 5 and newer. */
    private static final String WAKE = "input keyevent 224";

    private static final String SLEEP = "input keyevent 223";

    private ScreenControls() {}

    static List<ShellControl> of() {
        return List.of(
                row(
                        "screen_timeout",
                        "ms until the screen goes dark",
                        "2147483647",
                        WHOLE,
                        "system",
                        "screen_off_timeout"),
                row(
                        "stay_awake",
                        "awake while plugged in: 1 mains + 2 USB + 4 wireless + 8 dock",
                        "7",
                        "[0-9]{1,2}",
                        "global",
                        "stay_on_while_plugged_in"),
                screen(),
                row(
                        "screen_brightness_mode",
                        "1 follows the light in the room",
                        "0",
                        "[01]",
                        "system",
                        "screen_brightness_mode"),
                row(
                        "screen_brightness",
                        "0 to 255, on some phones more",
                        "10",
                        "[0-9]{1,5}",
                        "system",
                        "screen_brightness"),
                row("window_animation", "scale of animations", "0", SCALE, "global", "window_animation_scale"),
                row("transition_animation", "scale of animations", "0", SCALE, "global", "transition_animation_scale"),
                row("animator_duration", "scale of animations", "0", SCALE, "global", "animator_duration_scale"));
    }

    private static ShellControl row(String name, String about, String usual, String accepts, String table, String key) {
        SettingsTable row = new SettingsTable(table, key);
        return new ShellControl(
                new Control(name, about, Optional.of(usual), accepts, Optional.empty(), false, Optional.empty()),
                row.read(),
                row.write());
    }

    private static ShellControl screen() {
        return new ShellControl(
                new Control(
                        "screen",
                        "on or off; a phone without a wake lock sleeps once it is off",
                        Optional.of("on"),
                        "on|off",
                        Optional.empty(),
                        false,
                        Optional.empty()),
                "case $(dumpsys power | grep -m 1 mWakefulness=) in *=Awake*) echo on ;; *=*) echo off ;; *) false ;; esac",
                value -> value.filter("off"::equals).isPresent() ? SLEEP : WAKE);
    }
}
