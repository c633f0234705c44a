package dev.melt.engines.llamacpp;

import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Setting;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.ScriptedTurn;
import dev.melt.engines.ask.OpenTurns;
import dev.melt.engines.ask.TurnScript;

/**
 * Points of a token grid with llama-bench: a process for the prompt and one for the generation behind it, each with one
 * repetition, for the trial is what is repeated. What both print is the turn's.
 */
record BenchScript(EngineJob job) {
    TurnScript of(String program, String model) {
        ShellScript script = new ShellScript(program).with("-m", model, "-r", "1");
        script.lines("if has jsonl; then\n    set -- \"$@\" -o jsonl\nelse\n    set -- \"$@\" -o json\nfi");
        number(script, Setting.THREADS, "--threads", "-t");
        number(script, Setting.BATCH, "--batch-size", "-b");
        number(script, Setting.UBATCH, "--ubatch-size", "-ub");
        number(script, Setting.CACHE_TYPE_K, "--cache-type-k", "-ctk");
        number(script, Setting.CACHE_TYPE_V, "--cache-type-v", "-ctv");
        new CommonOptions(job.settings(), script).gpuLayers();
        onOrOff(script, Setting.FLASH_ATTENTION, "--flash-attn", "-fa", false);
        memory(script);
        if (job.settings().get(Setting.WARMUP).filter("false"::equals).isPresent()) {
            script.needing("--no-warmup", "--no-warmup");
        }
        TurnScript turns = TurnScript.endingWithACrash().lines(script.toString());
        for (ScriptedTurn turn : OpenTurns.of(job)) {
            turns.begin(turn.number());
            point(turns, OpenTurns.tokens(turn));
            turns.end();
        }
        return turns;
    }

    private void number(ShellScript script, Setting setting, String word, String option) {
        job.settings().get(setting).ifPresent(value -> script.needing(word, option, value));
    }

    private void onOrOff(ShellScript script, Setting setting, String word, String option, boolean unasked) {
        boolean on = job.settings().get(setting).map(Boolean::parseBoolean).orElse(unasked);
        String digit = on ? "1" : "0";
        if (on == unasked) {
            script.whereKnown(word, option, digit);
        } else {
            script.needing(word, option, digit);
        }
    }

    private void memory(ShellScript script) {
        boolean mapped =
                job.settings().get(Setting.MMAP).map(Boolean::parseBoolean).orElse(true);
        String otherwise = mapped ? "" : "\nelif has --mmap; then\n    set -- \"$@\" -mmp 0\nelse\n    lacks -mmp";
        script.lines("if has --load-mode; then\n    set -- \"$@\" --load-mode " + (mapped ? "mmap" : "none") + otherwise
                + "\nfi");
    }

    private static void point(TurnScript script, Request.Tokens tokens) {
        if (tokens.promptTokens() > 0) {
            run(script, tokens.promptTokens(), 0, tokens.depth());
        }
        if (tokens.generate() > 0) {
            run(script, 0, tokens.generate(), tokens.depth() + tokens.promptTokens());
        }
    }

    private static void run(TurnScript script, int prompt, int generate, int depth) {
        if (depth > 0) {
            script.lines("has --n-depth || lacks --n-depth");
        }
        script.lines(ShellScript.RUN + " -p " + prompt + " -n " + generate + (depth > 0 ? " -d " + depth : ""));
    }
}
