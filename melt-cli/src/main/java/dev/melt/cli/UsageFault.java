package dev.melt.cli;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import dev.melt.core.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts what picocli finds wrong with the arguments into MELT's form, with the nearest names that would have done. */
final class UsageFault {
    private UsageFault() {}

    static String of(ParameterException fault) {
        if (fault.getCause() instanceof InvalidInputException invalid) {
            return invalid.problem().message();
        }
        String help = "see '" + fault.getCommandLine().getCommandSpec().qualifiedName() + " --help'";
        if (fault instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched, help);
        }
        if (fault instanceof MissingParameterException missing) {
            return missing(missing, help);
        }
        ArgSpec spec = fault.getArgSpec();
        if (spec == null || fault.getValue() == null) {
            return new Problem("arguments", "a command as in its help needed", firstLine(fault), help).message();
        }
        return wrongValue(spec, fault.getValue(), help);
    }

    private static String unmatched(UnmatchedArgumentException fault, String help) {
        String given = fault.getUnmatched().get(0);
        CommandLine line = fault.getCommandLine();
        if (given.startsWith("-")) {
            return unknown("option", given, optionNames(line), help);
        }
        return line.getSubcommands().isEmpty()
                ? new Problem("'" + given + "'", "no further argument expected", "there is one", help).message()
                : unknown("command", given, line.getSubcommands().keySet(), help);
    }

    private static String unknown(String what, String given, Collection<String> known, String help) {
        String name = given.contains("=") ? given.substring(0, given.indexOf('=')) : given;
        return new Problem(
                        what + " '" + given + "'",
                        "a known " + what + " needed",
                        "there is none such",
                        offer(name, known, help))
                .message();
    }

    /** Every short option is near every other, so for those nothing is offered. */
    private static String offer(String given, Collection<String> known, String help) {
        List<String> near = given.length() < 3 ? List.of() : Nearest.of(given, known);
        return near.isEmpty() ? help : "did you mean " + String.join(" or ", near) + "?";
    }

    private static String missing(MissingParameterException fault, String help) {
        List<String> names =
                fault.getMissing().stream().map(UsageFault::name).distinct().toList();
        return new Problem(
                        names.isEmpty() ? "arguments" : String.join(" and ", names),
                        "a value needed",
                        "there is none",
                        help)
                .message();
    }

    private static String wrongValue(ArgSpec spec, String given, String help) {
        List<String> known = spec.completionCandidates() == null
                ? List.of()
                : StreamSupport.stream(spec.completionCandidates().spliterator(), false)
                        .toList();
        String wanted = known.isEmpty()
                ? "a value of the form " + spec.paramLabel()
                : known.size() > 12 ? "a known name" : "one of " + String.join(", ", known);
        return new Problem(name(spec), wanted + " needed", "'" + given + "' given", offer(given, known, help))
                .message();
    }

    private static String name(ArgSpec spec) {
        return spec instanceof OptionSpec option ? option.longestName() : spec.paramLabel();
    }

    private static List<String> optionNames(CommandLine line) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : line.getCommandSpec().options()) {
            names.addAll(List.of(option.names()));
        }
        return names;
    }

    private static String firstLine(ParameterException fault) {
        return String.valueOf(fault.getMessage()).lines().findFirst().orElse("they are not");
    }
}
