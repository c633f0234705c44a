package dev.melt.core.engine;

import static java.util.Objects.requireNonNull;

import dev.melt.core.gguf.GgufFile;
import dev.melt.core.model.Model;
import dev.melt.core.model.ModelInspection;
import dev.melt.core.workload.Script;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an engine process is asked to do.
 *
 * @param bundle the build that does it
 * @param perOperator whether every operator is timed, which disturbs the figures of the whole
 * @param finished turns of the script that an earlier process finished and that must not run again, with the ids of the
 *     tokens that it generated; of an examination the numbers of the items, or windows of a text, that are scored
 */
public record EngineJob(
        Model model,
        Bundle bundle,
        Settings settings,
        Script script,
        boolean perOperator,
        SortedMap<Integer, List<Integer>> finished) {
    private static final long SMALLEST_CONTEXT = 512;
    private static final long CONTEXT_STEP = 256;

    public EngineJob {
        requireNonNull(model, "model");
        requireNonNull(bundle, "bundle");
        requireNonNull(settings, "settings");
        requireNonNull(script, "script");
        finished = Collections.unmodifiableSortedMap(new TreeMap<>(finished));
    }

    /** A job from its beginning. */
    public EngineJob(Model model, Bundle bundle, Settings settings, Script script, boolean perOperator) {
        this(model, bundle, settings, script, perOperator, Collections.emptySortedMap());
    }

    /** The same job with other settings. */
    public EngineJob with(Settings other) {
        return new EngineJob(model, bundle, other, script, perOperator, finished);
    }

    /**
     * Tokens of context that its script needs, in steps of 256 and at least 512. Where the model is examined no more than it was trained
     * with, as its file says: beyond that its answers say nothing of it.
     */
    public long neededContext() {
        long needed = script.contextTokens() + 1;
        long context = Math.max(SMALLEST_CONTEXT, (needed + CONTEXT_STEP - 1) / CONTEXT_STEP * CONTEXT_STEP);
        return script.examination().isPresent() ? Math.min(context, trainedContext()) : context;
    }

    private long trainedContext() {
        return ModelInspection.of(GgufFile.read(model.path())).dimensions().context();
    }
}
