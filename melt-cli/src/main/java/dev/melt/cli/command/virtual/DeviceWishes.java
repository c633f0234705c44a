package dev.melt.cli.command.virtual;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import dev.melt.virtual.android.VirtualDevices;
import dev.melt.virtual.board.VirtualBoards;
import dev.melt.virtual.ios.VirtualIphones;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** What somebody asks for with {@code --virtual}: {@code NAME}, {@code NAME+TRAIT+TRAIT}, several with commas between them. */
final class DeviceWishes {
    private DeviceWishes() {}

    /**
     * Reads them. Each device gets a seed and a name of its own, so that two of one kind are two devices.
     *
     * @throws InvalidInputException when there is no such device, or none with that trait
     */
    static List<DeviceWish> parse(String text) {
        List<String> kinds = new ArrayList<>();
        List<DeviceWish> wishes = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            List<String> words = List.of(one.strip().split("\\+", -1));
            String kind = words.get(0);
            kinds.add(kind);
            int before = Collections.frequency(kinds, kind);
            wishes.add(
                    wish(kind, before == 1 ? kind : kind + "-" + before, words.subList(1, words.size()), kinds.size()));
        }
        return List.copyOf(wishes);
    }

    private static DeviceWish wish(String kind, String name, List<String> traits, int seed) {
        if (VirtualDevices.names().contains(kind)) {
            return PhoneWish.of(kind, name, traits, seed);
        }
        if (VirtualBoards.names().contains(kind)) {
            return BoardWish.of(kind, name, traits, seed);
        }
        if (VirtualIphones.names().contains(kind)) {
            return IphoneWish.of(kind, name, traits, seed);
        }
        throw unknown(kind);
    }

    private static InvalidInputException unknown(String kind) {
        List<String> known = Stream.of(VirtualDevices.names(), VirtualBoards.names(), VirtualIphones.names())
                .flatMap(List::stream)
                .sorted()
                .toList();
        List<String> near = Nearest.of(kind, known);
        return new InvalidInputException(
                "virtual device '" + kind + "'",
                "the name of one expected",
                "there is none of that name",
                (near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ") + "there are "
                        + String.join(", ", known));
    }

    /** The complaint about a word after a plus sign. */
    static InvalidInputException unknownTrait(String device, String trait, List<String> traits) {
        return new InvalidInputException(
                "virtual device '" + device + "'",
                "after a + one of " + String.join(", ", traits) + " expected",
                "found '" + trait + "'",
                "correct it or leave it out");
    }
}
