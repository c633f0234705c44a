package dev.melt.core.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.melt.core.problem.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Turns a document into a record; what the record's own checks refuse is told with file and line. */
final class ConfigBinding {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ConfigBinding() {}

    static <T> T bind(ConfigDocument document, Class<T> type) {
        try {
            return MAPPER.treeToValue(document.root(), type);
        } catch (JsonMappingException e) {
            throw complaint(document, e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory needs no parsing", e);
        }
    }

    private static InvalidInputException complaint(ConfigDocument document, JsonMappingException e) {
        JsonPointer at = JsonPointer.empty();
        for (JsonMappingException.Reference step : e.getPath()) {
            at = step.getFieldName() == null ? at.appendIndex(step.getIndex()) : at.appendProperty(step.getFieldName());
        }
        for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidInputException known) {
                return document.fault(at, known);
            }
            if (cause instanceof IllegalArgumentException) {
                return document.fault(at, "a usable value needed", String.valueOf(cause.getMessage()), "correct it");
            }
        }
        return document.fault(at, "a usable value needed", e.getOriginalMessage(), "correct it");
    }
}
