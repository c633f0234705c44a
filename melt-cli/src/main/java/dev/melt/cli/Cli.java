package dev.melt.cli;

import dev.melt.core.convert.ConversionFailedException;
import dev.melt.core.device.DeviceException;
import dev.melt.core.model.pull.PullFailedException;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.PlainText;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * One use of MELT from arguments to exit code, without touching the process that it runs in: the tests call it as {@code
 * main} does.
 */
public final class Cli {
    private final Session session;
    private final CommandLine line;
    private final List<String> args;

    private Cli(Session session, CommandLine line, List<String> args) {
        this.session = session;
        this.line = line;
        this.args = args;
    }

    /** Runs a command and says, in one line on {@code err} and by the exit code, when it cannot. */
    public static int run(
            String[] args, InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
        return run(Commands.ALL, args, in, out, err, environment);
    }

    /** The same with other commands, for tests of what becomes of their faults. */
    static int run(
            List<CommandNode> commands,
            String[] args,
            InputStream in,
            PrintStream out,
            PrintStream err,
            Map<String, String> environment) {
        GlobalOptions options = new GlobalOptions();
        List<String> given = List.of(args);
        Session session = new Session(in, out, err, environment, options, given);
        CommandLine line = new CommandLines(options, session).build(commands, given);
        ExitCode code = new Cli(session, line, given).run();
        out.flush();
        err.flush();
        return code.code();
    }

    private ExitCode run() {
        try {
            return execute(line.parseArgs(args.toArray(String[]::new)));
        } catch (ParameterException e) {
            return complain(UsageFault.of(e), ExitCode.USAGE);
        } catch (InvalidInputException e) {
            return complain(String.valueOf(e.getMessage()), ExitCode.USAGE);
        } catch (DeviceException e) {
            return complain(e.getMessage() + "; " + remedy(e), ExitCode.NOTHING_USABLE);
        } catch (PullFailedException e) {
            return Thread.currentThread().isInterrupted()
                    ? complain("interrupted, what came is kept", ExitCode.INTERRUPTED)
                    : complain(String.valueOf(e.getMessage()), ExitCode.NOTHING_USABLE);
        } catch (ConversionFailedException e) {
            return complain(String.valueOf(e.getMessage()), ExitCode.NOTHING_USABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return complain("interrupted", ExitCode.INTERRUPTED);
        } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError | AssertionError e) {
            return unexpected(e);
        }
    }

    private ExitCode execute(ParseResult parsed) throws Exception {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandLine chosen = last.commandSpec().commandLine();
        if (last.isVersionHelpRequested()) {
            session.out().println(BuildVersion.ofThisProgram());
            session.out()
                    .println("Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch"));
            return ExitCode.DONE;
        }
        if (last.isUsageHelpRequested()) {
            chosen.usage(session.out());
            return ExitCode.DONE;
        }
        if (chosen.getCommand() instanceof MeltCommand command) {
            return command.run(session);
        }
        chosen.usage(session.err());
        return ExitCode.USAGE;
    }

    private ExitCode unexpected(Throwable thrown) {
        if (Thread.currentThread().isInterrupted()) {
            return complain("interrupted", ExitCode.INTERRUPTED);
        }
        Throwable cause = thrown instanceof UncheckedIOException io ? io.getCause() : thrown;
        if (cause instanceof FileSystemException file) {
            return complain(FileFault.message(file), ExitCode.NOTHING_USABLE);
        }
        String kept = new CrashReport(session, args).keep(thrown);
        return complain("internal error, " + thrown + "; " + kept, ExitCode.NOTHING_USABLE);
    }

    private ExitCode complain(String message, ExitCode code) {
        session.out().flush();
        session.err().println("melt: " + PlainText.oneLine(message));
        return code;
    }

    private static String remedy(DeviceException e) {
        if (e instanceof DeviceException.Unreachable) {
            return "check that it is on and connected, 'melt devices' shows what is seen";
        } else if (e instanceof DeviceException.Unauthorised) {
            return "allow the access on the device, then repeat";
        } else if (e instanceof DeviceException.LinkLost) {
            return "check cable and network, then repeat";
        } else if (e instanceof DeviceException.TimedOut) {
            return "see whether it is busy or asleep, then repeat";
        }
        return "see 'melt doctor' for the versions of what talks to it";
    }
}
