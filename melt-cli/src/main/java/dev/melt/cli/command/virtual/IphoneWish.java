package dev.melt.cli.command.virtual;

import dev.melt.virtual.ios.VirtualIphone;
import dev.melt.virtual.ios.VirtualIphone.Options;
import dev.melt.virtual.ios.VirtualIphones;
import dev.melt.virtual.ios.app.ReferenceAgent;
import java.io.IOException;
import java.util.List;

/**
 * A simulated iPhone that somebody asked for, with MELT's app on it.
 *
 * @param kind the name of its profile
 * @param options how it is to be made
 */
record IphoneWish(String kind, String name, Options options) implements DeviceWish {
    private static final List<String> TRAITS = List.of("locked", "no-app", "no-power");

    static IphoneWish of(String kind, String name, List<String> traits, int seed) {
        Options options = Options.PLAIN.withSeed(seed).withApps(new ReferenceAgent());
        for (String trait : traits) {
            options = switch (trait) {
                case "locked" -> options.withWords("lock screen");
                case "no-app" -> options.withApps();
                case "no-power" -> options.withoutPower();
                default -> throw DeviceWishes.unknownTrait(kind, trait, TRAITS);
            };
        }
        return new IphoneWish(kind, name, options);
    }

    @Override
    public BootedDevice boot(Desk desk) throws IOException {
        VirtualIphone phone =
                VirtualIphones.start(kind, options, desk.place(name).resolve("iphone"), desk.usbmuxd());
        return BootedIphone.boot(desk, name, phone);
    }
}
