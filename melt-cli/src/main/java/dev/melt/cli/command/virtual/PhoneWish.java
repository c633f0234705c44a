package dev.melt.cli.command.virtual;

import dev.melt.virtual.android.VirtualAndroid.Options;
import dev.melt.virtual.android.VirtualDevices;
import java.io.IOException;
import java.util.List;

/**
 * A simulated phone that somebody asked for.
 *
 * @param kind the name of its profile
 * @param options how it is to be made
 */
record PhoneWish(String kind, String name, Options options) implements DeviceWish {
    private static final List<String> TRAITS = List.of("root", "clock", "denied-settings");

    static PhoneWish of(String kind, String name, List<String> traits, int seed) {
        Options options = Options.PLAIN.withSeed(seed);
        for (String trait : traits) {
            options = switch (trait) {
                case "root" -> options.withRoot();
                case "clock" -> options.withWallClock();
                case "denied-settings" -> options.withDeniedSettings();
                default -> throw DeviceWishes.unknownTrait(kind, trait, TRAITS);
            };
        }
        return new PhoneWish(kind, name, options);
    }

    @Override
    public BootedDevice boot(Desk desk) throws IOException, InterruptedException {
        return BootedPhone.boot(
                desk, name, VirtualDevices.start(kind, desk.place(name).resolve("phone"), options));
    }
}
