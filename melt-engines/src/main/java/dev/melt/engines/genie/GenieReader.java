package dev.melt.engines.genie;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.StatedFigure;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.span.TurnSpans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Reads a turn from its profile where there is one, with version and answer from the console, else from the console alone. */
record GenieReader(EngineOutput output) implements FigureReader {
    private static final Pattern FIGURE = Pattern.compile("Token Generation Rate\\s*:");

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout layout, EventLogBuilder log)
            throws UnknownOutputException {
        GenieConsole console = new GenieConsole(process.all());
        Optional<String> written = profile(process);
        List<GenieQuery> queries = new ArrayList<>();
        OptionalDouble load;
        if (written.isPresent()) {
            GenieProfile profile = GenieProfile.read(written.get());
            load = profile.loadSeconds();
            queries.addAll(profile.queries());
        } else {
            load = console.loadSeconds();
            queries.add(console.query());
        }
        List<TurnSpans> spans = new ArrayList<>();
        for (GenieQuery query : queries) {
            spans.add(query.spans());
        }
        if (process.number().orElse(0) == 0) {
            load.ifPresent(layout::load);
        }
        for (int i = 0; i < queries.size(); i++) {
            int number = layout.turn(spans.get(i));
            GenieQuery query = queries.get(i);
            log.add(query.perf(number));
            if (query.promptTokens().isEmpty()) {
                query.prefillRate().ifPresent(rate -> log.add(StatedFigure.ofTurn("prefill_rate", number, rate)));
            }
            console.answer().ifPresent(text -> log.answer(number, text));
        }
        console.version().ifPresent(version -> log.fact("engine.version", version));
        return FigureReader.upTo(process, FIGURE).or(() -> Optional.of(Figures.allOf(process)));
    }

    private Optional<String> profile(ProcessOutput process) {
        return List.of(GenieAdapter.profile(process.number().orElse(0)), "profile.json", "stdout").stream()
                .filter(name -> output.single() || output.files().containsKey(name))
                .flatMap(name -> output.text(name).stream())
                .filter(text -> output.single() ? GenieProfile.looksLike(text) : !text.isBlank())
                .filter(text -> text.stripLeading().startsWith("{"))
                .findFirst();
    }
}
