package dev.melt.cli.command;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.virtual.android.VirtualAndroid.Options;
import dev.melt.virtual.android.VirtualDevices;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulated phone that somebody asked for: {@code NAME}, {@code NAME+root}, {@code NAME+root+clock}.
 *
 * @param options how it is to be made
 */
record VirtualPhoneWish(String name, Options options) {
    private static final List<String> TRAITS = List.of("root", "clock", "denied-settings");

    /**
     * Reads names with a comma between them. Each phone gets a seed of its own, so that two of one name are two phones.
     *
     * @throws InvalidInputException when there is no such phone, or none of that kind
     */
    static List<VirtualPhoneWish> parse(String text) {
        List<VirtualPhoneWish> wishes = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            wishes.add(parseOne(one.strip(), wishes.size() + 1));
        }
        return List.copyOf(wishes);
    }

    private static VirtualPhoneWish parseOne(String text, int seed) {
        List<String> words = List.of(text.split("\\+", -1));
        String name = words.get(0);
        if (!VirtualDevices.names().contains(name)) {
            throw new InvalidInputException(
                    "virtual phone '" + name + "'",
                    "the name of one expected",
                    "there is none of that name",
                    "the phones are " + String.join(", ", VirtualDevices.names()));
        }
        Options options = Options.PLAIN.withSeed(seed);
        for (String trait : words.subList(1, words.size())) {
            options = switch (trait) {
                case "root" -> options.withRoot();
                case "clock" -> options.withWallClock();
                case "denied-settings" -> options.withDeniedSettings();
                default ->
                    throw new InvalidInputException(
                            "virtual phone '" + text + "'",
                            "after a + one of " + String.join(", ", TRAITS) + " expected",
                            "found '" + trait + "'",
                            "correct it or leave it out");
            };
        }
        return new VirtualPhoneWish(name, options);
    }
}
