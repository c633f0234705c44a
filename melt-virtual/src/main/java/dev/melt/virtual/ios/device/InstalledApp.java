package dev.melt.virtual.ios.device;

import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.app.PhoneApp;
import dev.melt.virtual.ios.wire.Plists;
import java.nio.file.Path;

/**
 * An app on the phone; immutable.
 *
 * @param user whether its owner put it there
 * @param bundle identifier of the folder that its program is in
 * @param container identifier of the folder that its data are in
 * @param folder where the data lie on this machine
 */
public record InstalledApp(PhoneApp app, boolean user, String bundle, String container, Path folder) {
    /** Such as {@code dev.melt.agent}. */
    public String bundleId() {
        return app.bundleId();
    }

    /** Its {@code Info.plist}. */
    public NSDictionary info() {
        return app.info();
    }

    /** The name of its program, and of its process. */
    public String executable() {
        return Plists.text(info(), "CFBundleExecutable").orElse(bundleId());
    }

    /** Where its program is, on the phone. */
    public String path() {
        return user
                ? "/private/var/containers/Bundle/Application/" + bundle + "/" + executable() + ".app"
                : "/Applications/" + executable() + ".app";
    }

    /** Where its data are, on the phone. */
    public String containerPath() {
        return "/private/var/mobile/Containers/Data/Application/" + container;
    }

    /** Its {@code Documents}, on this machine. */
    public Path documents() {
        return folder.resolve("Documents");
    }
}
