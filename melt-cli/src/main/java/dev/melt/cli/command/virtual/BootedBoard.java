package dev.melt.cli.command.virtual;

import dev.melt.virtual.board.BoardRemote;
import dev.melt.virtual.board.VirtualBoard;
import dev.melt.virtual.machine.ControlPipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A simulated board that an ssh_config knows.
 *
 * @param sshConfig the file, which may know others too
 */
record BootedBoard(String name, VirtualBoard board, Path sshConfig, ControlPipe control) implements BootedDevice {
    /** Makes a board known. */
    static BootedBoard boot(Desk desk, String name, VirtualBoard board) throws IOException {
        try {
            Files.writeString(
                    desk.sshConfig(),
                    Files.readString(board.sshConfig()),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            BoardRemote remote = new BoardRemote(board);
            return new BootedBoard(name, board, desk.sshConfig(), desk.control(name, remote::obey));
        } catch (IOException | RuntimeException e) {
            board.close();
            throw e;
        }
    }

    @Override
    public List<String> introduction() {
        return List.of(
                name + " (virtual) is " + board.alias() + " of " + sshConfig,
                "in another terminal: MELT_SSH_CONFIG=" + sshConfig + " melt run --device " + board.alias()
                        + " --model tiny",
                "by hand: ssh -F " + sshConfig + " " + board.alias(),
                "to change it: echo 'gpu 0.6' >" + control.path(),
                "its words: " + String.join(", ", BoardRemote.WORDS));
    }

    @Override
    public void end() throws IOException {
        control.close();
        board.close();
    }
}
