package dev.melt.engines.llamacpp.quality;

import dev.melt.core.agent.ShellQuoting;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Setting;
import dev.melt.core.workload.Examination;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of one trial of llama-perplexity: a POSIX shell script, what it reads, and the name that its figures get. Where
 * models are compared, the base writes its distributions to a file on the device, which is gone again at the end.
 */
record PerplexityScript(EngineJob job, Examination examination, ExamForm form, String program, Placement placement) {
    static final String NAME = "examine.sh";

    /** Kept with the raw output, so that it can be read again without the plan. */
    static final String TITLE = "title";

    private static final String DISTRIBUTIONS = "base.kld";

    Map<String, String> inputs() {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put(NAME, script());
        inputs.put(TITLE, examination.name() + "\n" + form.kind() + "\n");
        if (examination instanceof Examination.Choices choices) {
            switch (form) {
                case HELLASWAG -> inputs.put("tasks.txt", TaskText.hellaswag(choices.items()));
                case WINOGRANDE -> inputs.put("tasks.txt", TaskText.winogrande(choices.items()));
                default -> inputs.put("tasks.octal", ChoiceFile.octal(choices.items()));
            }
        } else {
            inputs.put("text.txt", ((Examination.Prose) examination).text());
        }
        return inputs;
    }

    private String script() {
        return switch (form) {
            case PROSE -> prose((Examination.Prose) examination);
            case HELLASWAG ->
                "exec " + line(placement.model(), "-f", "tasks.txt", "--hellaswag", "--hellaswag-tasks", items());
            case WINOGRANDE -> "exec " + line(placement.model(), "-f", "tasks.txt", "--winogrande");
            case CHOICES ->
                """
                while IFS= read -r item; do
                    printf "$item"
                done <tasks.octal >tasks.bin || exit 1
                """
                        + line(placement.model(), "-bf", "tasks.bin", "--multiple-choice")
                        + "rc=$?\nrm -f tasks.bin\nexit $rc\n";
        };
    }

    private String prose(Examination.Prose prose) {
        List<String> windows = new ArrayList<>();
        prose.most().ifPresent(most -> windows.addAll(List.of("--chunks", Integer.toString(most))));
        if (placement.base().isEmpty()) {
            return "exec " + line(placement.model(), with(windows, "-f", "text.txt"));
        }
        String base =
                line(placement.base().get(), with(windows, "-f", "text.txt", "--kl-divergence-base", DISTRIBUTIONS));
        String other = line(placement.model(), with(windows, "--kl-divergence-base", DISTRIBUTIONS, "--kl-divergence"));
        return "trap 'rm -f " + DISTRIBUTIONS + "' EXIT\ntrap 'exit 143' TERM\ntrap 'exit 130' INT\n"
                + base.stripTrailing() + " >base.out 2>base.err || { rc=$?; cat base.err >&2; exit $rc; }\n" + other;
    }

    private static String[] with(List<String> more, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(more);
        return all.toArray(String[]::new);
    }

    private String items() {
        return Integer.toString(((Examination.Choices) examination).items().size());
    }

    private String line(String model, String... arguments) {
        List<String> all = new ArrayList<>(List.of(program, "-m", model));
        all.addAll(List.of(arguments));
        add(all, Setting.CONTEXT, "-c");
        add(all, Setting.THREADS, "-t");
        add(all, Setting.THREADS_BATCH, "-tb");
        add(all, Setting.BATCH, "-b");
        add(all, Setting.UBATCH, "-ub");
        job.settings()
                .get(Setting.GPU_LAYERS)
                .filter(layers -> !layers.equals("0"))
                .ifPresent(layers -> all.addAll(List.of("-ngl", layers.equals("-1") ? "999" : layers)));
        return ShellQuoting.quote(all) + " </dev/null\n";
    }

    private void add(List<String> arguments, Setting setting, String option) {
        job.settings().get(setting).ifPresent(value -> arguments.addAll(List.of(option, value)));
    }
}
