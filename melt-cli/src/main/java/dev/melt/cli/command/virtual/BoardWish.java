package dev.melt.cli.command.virtual;

import dev.melt.virtual.board.VirtualBoard.Options;
import dev.melt.virtual.board.VirtualBoards;
import java.io.IOException;
import java.util.List;

/**
 * A simulated board that somebody asked for.
 *
 * @param kind the name of its profile
 * @param options how it is to be made
 */
record BoardWish(String kind, String name, Options options) implements DeviceWish {
    private static final List<String> TRAITS = List.of("no-sudo", "forgets-mode", "small-home");
    private static final long SMALL_HOME_BYTES = 512L << 20;

    static BoardWish of(String kind, String name, List<String> traits, int seed) {
        Options options = Options.PLAIN.withSeed(seed);
        for (String trait : traits) {
            options = switch (trait) {
                case "no-sudo" -> options.withRights(false);
                case "forgets-mode" -> options.withForgottenMode();
                case "small-home" -> options.withData(SMALL_HOME_BYTES);
                default -> throw DeviceWishes.unknownTrait(kind, trait, TRAITS);
            };
        }
        return new BoardWish(kind, name, options);
    }

    @Override
    public BootedDevice boot(Desk desk) throws IOException {
        return BootedBoard.boot(
                desk, name, VirtualBoards.start(kind, name, desk.place(name).resolve("board"), options));
    }
}
