package dev.melt.android.control;

import dev.melt.core.remote.Commands;
import dev.melt.core.remote.ShellControl;
import java.util.ArrayList;
import java.util.List;

/** Every setting that MELT knows of Android devices, in the order in which to change them. */
public final class ControlList {
    private ControlList() {}

    /** Of a device behind a shell; whether it can become root is asked first. */
    public static List<ShellControl> of(ControlSite site, Commands shell) {
        Root root = Root.of(shell);
        List<ShellControl> all = new ArrayList<>();
        all.addAll(ScreenControls.of());
        all.addAll(QuietControls.of(site));
        all.addAll(RootControls.of(site, root, shell));
        return all;
    }
}
