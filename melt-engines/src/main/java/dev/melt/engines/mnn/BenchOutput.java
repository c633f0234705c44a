package dev.melt.engines.mnn;

import dev.melt.core.event.EventLogBuilder;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.span.SpanLayout;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code llm_bench}: its JSON, which has all digits, where it is there, else its table. */
final class BenchOutput implements FigureReader {
    private static final List<String> GPU = List.of("METAL", "OPENCL", "VULKAN", "CUDA", "OPENGL");
    private static final List<String> NPU = List.of("HEXAGON", "QNN", "NPU", "HIAI", "NNAPI", "COREML", "NEUROPILOT");

    /**
     * What either form says.
     *
     * @param about of the whole: {@code model}, {@code backend}, {@code threads}, {@code mmap}
     * @param lastLine where it ends
     */
    record Contents(List<BenchTest> tests, Map<String, String> about, int lastLine) {}

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) {
        Optional<Contents> contents = BenchJson.in(process.all()).or(() -> BenchTable.in(process.all()));
        List<BenchTest> tests = contents.map(Contents::tests).orElse(List.of()).stream()
                .filter(test -> test.promptTokens() + test.generateTokens() > 0)
                .toList();
        if (tests.isEmpty() || !tests.stream().allMatch(BenchTest::isMeasured)) {
            return Optional.empty();
        }
        about(contents.get().about(), log);
        tests.stream()
                .map(BenchTest::loadSeconds)
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .ifPresent(seconds -> spans.load(seconds.getAsDouble()));
        tests.forEach(test -> test.addTo(spans, log));
        return Optional.of(new Figures(contents.get().lastLine(), true));
    }

    private static void about(Map<String, String> about, EventLogBuilder log) {
        Optional.ofNullable(about.get("model")).ifPresent(model -> log.fact("model.name", model));
        Optional.ofNullable(about.get("threads"))
                .filter(threads -> threads.matches("[1-9][0-9]{0,3}"))
                .ifPresent(threads -> log.effective("threads", threads));
        Optional.ofNullable(about.get("mmap")).ifPresent(mmap -> log.effective("mmap", mmap));
        Optional.ofNullable(about.get("backend")).ifPresent(name -> {
            log.fact("engine.backend", name);
            log.effective("backend", kind(name.toUpperCase(Locale.ROOT)));
        });
    }

    private static String kind(String backend) {
        if (GPU.contains(backend)) {
            return "gpu";
        }
        return NPU.contains(backend) ? "npu" : backend.toLowerCase(Locale.ROOT);
    }
}
