package dev.melt.embedded;

import dev.melt.embedded.llama.LlamaContext;
import dev.melt.embedded.llama.LlamaLibrary;
import dev.melt.embedded.llama.LlamaModel;
import dev.melt.embedded.llama.OperatorTrace;
import dev.melt.embedded.llama.StopFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A loaded model and its context, with the times that loading took. Closing frees both. */
final class Engine implements AutoCloseable {
    private final LlamaModel model;
    private final LlamaContext context;
    private final LoadFigures figures;

    /** When what was loaded, in nanoseconds of the device's clock. */
    record LoadFigures(
            long startNanos,
            long endNanos,
            long contextStartNanos,
            long contextEndNanos,
            OptionalLong warmupEndNanos,
            long bytes,
            OptionalDouble residentShare) {}

    private Engine(LlamaModel model, LlamaContext context, LoadFigures figures) {
        this.model = model;
        this.context = context;
        this.figures = figures;
    }

    static Engine load(
            LlamaLibrary library, Request request, DeviceClock clock, StopFlag stop, Optional<OperatorTrace> trace) {
        Settings settings = request.settings();
        OptionalDouble resident = residentShare(request);
        long bytes = ModelFile.checkedSize(request.model());
        if (!settings.mmap() || settings.mlock()) {
            HostMemory.require(request.model() + " in memory", bytes);
        }
        long start = clock.nanos();
        LlamaModel model = LlamaModel.load(library, request.model(), settings.mmap(), settings.mlock(), stop);
        long end = clock.nanos();
        try {
            LlamaContext.Shape shape = settings.shape();
            int tokens = shape.context() == 0 ? model.trainContext() : shape.context();
            HostMemory.require("KV cache", model.kvBytes(tokens, shape.keys(), shape.values()));
            long contextStart = clock.nanos();
            LlamaContext context = LlamaContext.create(library, model, shape, settings.choice(), stop, trace);
            long contextEnd = clock.nanos();
            OptionalLong warm = OptionalLong.empty();
            if (settings.warmup()) {
                context.warmUp();
                warm = OptionalLong.of(clock.nanos());
            }
            LoadFigures figures = new LoadFigures(start, end, contextStart, contextEnd, warm, bytes, resident);
            return new Engine(model, context, figures);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static OptionalDouble residentShare(Request request) {
        try {
            return request.model().toFile().isFile()
                    ? PageCache.residentShare(request.model())
                    : OptionalDouble.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LlamaModel model() {
        return model;
    }

    LlamaContext context() {
        return context;
    }

    LoadFigures figures() {
        return figures;
    }

    @Override
    public void close() {
        context.close();
        model.close();
    }
}
