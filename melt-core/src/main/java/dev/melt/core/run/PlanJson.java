package dev.melt.core.run;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.workload.Examination;
import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Request;

/** A run's plan as the JSON that the store keeps. */
public final class PlanJson {
    /** Names the kinds of a closed family in the JSON. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface Kinds {}

    /** Facts are their components; methods that look like getters are not facts. */
    @JsonAutoDetect(
            getterVisibility = JsonAutoDetect.Visibility.NONE,
            isGetterVisibility = JsonAutoDetect.Visibility.NONE,
            fieldVisibility = JsonAutoDetect.Visibility.ANY)
    private interface Facts {}

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addMixIn(Request.class, Kinds.class)
            .addMixIn(Examination.class, Kinds.class)
            .addMixIn(Grading.class, Kinds.class)
            .addMixIn(Record.class, Facts.class)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    static {
        MAPPER.registerSubtypes(
                new NamedType(Request.Text.class, "text"),
                new NamedType(Request.Tokens.class, "tokens"),
                new NamedType(Examination.Choices.class, "choices"),
                new NamedType(Examination.Prose.class, "prose"),
                new NamedType(Grading.Best.class, "best"),
                new NamedType(Grading.Truth.class, "truth"),
                new NamedType(Grading.LastWord.class, "last-word"));
    }

    private PlanJson() {}

    public static String write(RunPlan plan) {
        try {
            return MAPPER.writeValueAsString(plan);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan is made of plain facts", e);
        }
    }

    /**
     * Reads a stored plan.
     *
     * @throws InvalidInputException when it was written by a MELT that this one does not understand
     */
    public static RunPlan read(String runId, String json) {
        try {
            return MAPPER.readValue(json, RunPlan.class);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    new dev.melt.core.problem.Problem(
                            "run " + runId,
                            "a plan of this version's form expected",
                            e.getOriginalMessage(),
                            "resume it with the MELT that began it"),
                    e);
        }
    }
}
