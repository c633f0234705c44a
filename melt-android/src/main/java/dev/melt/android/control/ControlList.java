package dev.melt.android.control;

import java.util.ArrayList;
import java.util.List;

/** Every setting that MELT knows of Android devices, in the order in which to change them. */
final class ControlList {
    private ControlList() {}

    static List<ShellControl> of(ControlSite site, Root root, Shell shell) {
        List<ShellControl> all = new ArrayList<>();
        all.addAll(ScreenControls.of());
        all.addAll(QuietControls.of(site));
        all.addAll(RootControls.of(site, root, shell));
        return all;
    }
}
