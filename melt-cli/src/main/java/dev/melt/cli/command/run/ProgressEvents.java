package dev.melt.cli.command.run;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.melt.core.run.RunProgress;
import java.io.PrintStream;
import java.time.Clock;

/**
 * Writes what happens in a run as one JSON object a line: {@code event} (the kind, in snake case), {@code at} (wall time),
 * and the fields of the kind; durations in seconds. Flushed at each line.
 */
final class ProgressEvents implements RunProgress.Listener {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addMixIn(Record.class, Components.class)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .build();

    /** The components of a record and nothing that looks like a getter. */
    @JsonAutoDetect(
            getterVisibility = JsonAutoDetect.Visibility.NONE,
            isGetterVisibility = JsonAutoDetect.Visibility.NONE,
            fieldVisibility = JsonAutoDetect.Visibility.ANY)
    private interface Components {}

    private final PrintStream out;
    private final Clock clock;

    ProgressEvents(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void happened(RunProgress progress) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("event", snakeCase(progress.getClass().getSimpleName()));
        line.put("at", clock.instant().toString());
        line.setAll((ObjectNode) MAPPER.valueToTree(progress));
        try {
            out.println(MAPPER.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("progress is made of plain facts", e);
        }
        out.flush();
    }

    private static String snakeCase(String name) {
        return PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(name);
    }
}
