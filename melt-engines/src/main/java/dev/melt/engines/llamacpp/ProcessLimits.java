package dev.melt.engines.llamacpp;

import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Setting;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Request;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process a turn cannot do, where a server can. */
record ProcessLimits(EngineJob job) {
    private static final String SERVER = "use --engine llama-server";

    /** llama-bench can begin behind filler tokens from about here; builds in between are refused by their help text. */
    private static final int FIRST_WITH_DEPTH = 5180;

    private static final Pattern BUILD = Pattern.compile("b?([0-9]{1,9})");

    private static final List<Setting> NOT_OF_BENCH = List.of(
            Setting.CONTEXT,
            Setting.SEED,
            Setting.TEMPERATURE,
            Setting.TOP_K,
            Setting.TOP_P,
            Setting.MIN_P,
            Setting.REPEAT_PENALTY);

    Optional<Problem> problem() {
        return sustained()
                .or(() -> job.script().conversations().stream()
                                .flatMap(c -> c.turns().stream())
                                .allMatch(Request.Tokens.class::isInstance)
                        ? grid()
                        : text());
    }

    private Optional<Problem> sustained() {
        boolean again = job.script().repeatFor().isPresent()
                || job.script().repeatTurns().isPresent();
        return again
                ? refusal(
                        "sustained run", "a load without a pause", "llama.cpp's programs load the model for each turn")
                : Optional.empty();
    }

    private Optional<Problem> text() {
        if (job.script().conversations().stream().anyMatch(c -> c.turns().size() > 1)) {
            return refusal(
                    "workload",
                    "turns that know nothing of each other",
                    "a conversation keeps its context, which a process a turn cannot");
        }
        boolean chat = job.script().conversations().stream().anyMatch(c -> c.chat());
        if (chat && job.bundle().tool("llama-completion").isEmpty()) {
            return refusal(
                    "workload",
                    "prompts without a chat template",
                    "this bundle's programs wait for a person when there is one");
        }
        return new LlamaLimits(job).tool(LlamaCppEngine.TEXT_PROGRAMS);
    }

    private Optional<Problem> grid() {
        return Stream.concat(
                        Stream.of(new LlamaLimits(job).tool(LlamaCppEngine.BENCH), depth(), mlock(), threads(), eos()),
                        NOT_OF_BENCH.stream().map(this::notOfBench))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Problem> depth() {
        boolean deep = job.script().conversations().stream()
                .flatMap(c -> c.turns().stream())
                .map(Request.Tokens.class::cast)
                .anyMatch(t -> t.depth() > 0 || (t.promptTokens() > 0 && t.generate() > 0));
        Matcher build = BUILD.matcher(job.bundle().version());
        return deep && build.matches() && Integer.parseInt(build.group(1)) < FIRST_WITH_DEPTH
                ? refusal(
                        "workload",
                        "a prompt alone, or a generation from an empty context",
                        "llama-bench " + job.bundle().version() + " cannot generate behind other tokens")
                : Optional.empty();
    }

    private Optional<Problem> mlock() {
        return job.settings()
                .get(Setting.MLOCK)
                .filter("true"::equals)
                .flatMap(value -> refusal("setting mlock", "mlock=false", "llama-bench locks no pages"));
    }

    private Optional<Problem> threads() {
        return job.settings()
                .get(Setting.THREADS_BATCH)
                .filter(value -> !job.settings().get(Setting.THREADS).equals(Optional.of(value)))
                .flatMap(value -> refusal(
                        "setting threads_batch", "as many as threads", "llama-bench takes one number for both"));
    }

    private Optional<Problem> eos() {
        return job.settings()
                .get(Setting.IGNORE_EOS)
                .filter("false"::equals)
                .flatMap(value -> refusal("setting ignore_eos", "ignore_eos=true", "llama-bench always goes on"));
    }

    private Optional<Problem> notOfBench(Setting setting) {
        return job.settings()
                .get(setting)
                .flatMap(value -> refusal(
                        "setting " + setting.key(),
                        "a workload of texts for it",
                        "llama-bench chooses no tokens and makes its own context"));
    }

    private static Optional<Problem> refusal(String subject, String expectation, String finding) {
        return Optional.of(new Problem(subject, expectation + " expected", finding, SERVER));
    }
}
