package dev.melt.jetson.board;

import static dev.melt.core.agent.ShellQuoting.quote;

import dev.melt.core.remote.Rights;

/**
 * Root by being it, or by {@code sudo} that does not ask. A user who may do neither tries all the same: what the machine says against
 * it is kept with the run.
 */
record BoardRights(BoardLook look) implements Rights {
    /** One command as root, so that a rule of sudo for this program alone is enough. */
    String command(String command) {
        return look.isRoot() || look.program("sudo").isEmpty() ? command : "sudo -n " + command;
    }

    @Override
    public String wrap(String script) {
        return look.isRoot() || look.program("sudo").isEmpty() ? script : "sudo -n sh -c " + quote(script);
    }
}
