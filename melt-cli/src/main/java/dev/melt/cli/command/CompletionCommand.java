package dev.melt.cli.command;

import dev.melt.cli.CompletionScript;
import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code melt completion bash}. */
@Command(
        footer = {
            "  source <(melt completion bash)                  for this shell",
            "  melt completion zsh >> ~/.zshrc                 for every shell from now on"
        })
public final class CompletionCommand implements MeltCommand {
    /** Shells that understand the script; zsh once its completion system is on. */
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "SHELL", arity = "0..1", description = "${COMPLETION-CANDIDATES} (default: bash)")
    private Shell shell = Shell.bash;

    @Override
    public ExitCode run(Session session) {
        if (shell == Shell.zsh) {
            session.out().println("autoload -Uz compinit bashcompinit && compinit && bashcompinit");
        }
        session.out().print(CompletionScript.of(session));
        return ExitCode.DONE;
    }
}
