package dev.melt.engines.mllm;

import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Setting;
import dev.melt.core.workload.Request;
import dev.melt.engines.ask.SettingRules;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The programs of mllm that can be driven without a person, and what each takes. */
enum MllmTool {
    /** Version 2: counts of tokens, on the CPU. Greedy, and always warmed up. */
    BENCHMARK("mllm-llm-benchmark", Request.Tokens.class) {
        @Override
        SettingRules rules() {
            return SettingRules.of("mllm-llm-benchmark")
                    .any(Setting.THREADS)
                    .any(Setting.CONTEXT)
                    .taking(Setting.BACKEND, "cpu")
                    .taking(Setting.TEMPERATURE, "0")
                    .taking(Setting.IGNORE_EOS, "false")
                    .taking(Setting.WARMUP, "true");
        }
    },
    /** Version 2: a prompt on the NPU, with graphs that were compiled before. */
    AOT_RUNNER("mllm-.+-aot-runner", Request.Text.class) {
        @Override
        SettingRules rules() {
            return SettingRules.of("mllm's AOT runner")
                    .taking(Setting.BACKEND, "npu")
                    .any(Setting.CHUNK_LENGTH)
                    .taking(Setting.CONTEXT, AOT_CONTEXT)
                    .any(Setting.TEMPERATURE)
                    .taking(Setting.IGNORE_EOS, "false")
                    .taking(Setting.WARMUP, "false");
        }
    },
    /** Version 2: a prompt on the CPU. */
    RUNNER("mllm-(?:(?!aot|benchmark).)+-runner", Request.Text.class) {
        @Override
        SettingRules rules() {
            return SettingRules.of("mllm's runner")
                    .taking(Setting.BACKEND, "cpu")
                    .any(Setting.CONTEXT)
                    .taking(Setting.IGNORE_EOS, "false")
                    .taking(Setting.WARMUP, "false");
        }
    },
    /** Version 1: the prompt that was compiled in, prefilled on the NPU in parts of one length, decoded on the CPU. */
    DEMO_NPU("demo_qwen_npu", Request.Text.class) {
        @Override
        SettingRules rules() {
            return npu("demo_qwen_npu").taking(Setting.CHUNK_LENGTH, DEMO_CHUNK);
        }
    },
    /** Version 1 before that: the only one whose graph length can be chosen. */
    MAIN_NPU("main_qwen_npu", Request.Text.class) {
        @Override
        SettingRules rules() {
            return npu("main_qwen_npu").any(Setting.CHUNK_LENGTH);
        }
    };

    /** Compiled into the AOT runner. */
    static final String AOT_CONTEXT = "1024";

    /** Compiled into the demo. */
    static final String DEMO_CHUNK = "256";

    private final Pattern fileName;
    private final Class<? extends Request> request;

    MllmTool(String fileName, Class<? extends Request> request) {
        this.fileName = Pattern.compile(fileName);
        this.request = request;
    }

    /** The settings that its command line can honour. */
    abstract SettingRules rules();

    /** Whether the prompt is part of the program, so that no other can be asked. */
    boolean hasItsOwnPrompt() {
        return this == DEMO_NPU || this == MAIN_NPU;
    }

    /** The program itself among a bundle's files. */
    Optional<Bundle.BundleFile> file(Bundle bundle) {
        return bundle.files().stream()
                .filter(file -> fileName.matcher(file.baseName()).matches())
                .findFirst();
    }

    /** The first program of a bundle that takes what a job asks. */
    static Optional<MllmTool> of(EngineJob job) {
        return Arrays.stream(values())
                .filter(tool -> tool.file(job.bundle()).isPresent())
                .filter(tool -> job.script().conversations().stream()
                        .flatMap(conversation -> conversation.turns().stream())
                        .allMatch(tool.request::isInstance))
                .filter(tool -> tool.suits(job))
                .findFirst();
    }

    /** A bundle may have programs for the CPU and for the NPU: the job's backend decides, else the bundle's own. */
    private boolean suits(EngineJob job) {
        String backend = job.settings().get(Setting.BACKEND).orElse(job.bundle().backend());
        return rules().values(Setting.BACKEND)
                .map(values -> values.contains(backend))
                .orElse(true);
    }

    private static SettingRules npu(String name) {
        return SettingRules.of(name)
                .taking(Setting.BACKEND, "npu")
                .any(Setting.THREADS)
                .any(Setting.CONTEXT)
                .taking(Setting.IGNORE_EOS, "false")
                .taking(Setting.WARMUP, "false");
    }
}
