package dev.melt.virtual.machine;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Kinds of device that are described by files {@code profiles/NAME.yaml} beside a class; immutable.
 *
 * @param subject what they are, for a message: {@code virtual phone}
 * @param type of a description; the files lie beside it
 * @param names that there are, sorted
 */
public record ProfileFiles<T>(String subject, Class<T> type, List<String> names) {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    public ProfileFiles {
        names = List.copyOf(names);
    }

    /**
     * One by its name.
     *
     * @throws InvalidInputException when there is none of that name
     */
    public T named(String name) {
        if (!names.contains(name)) {
            throw new InvalidInputException(
                    subject + " " + name,
                    "one of " + String.join(", ", names) + " needed",
                    "no such profile",
                    "choose one of them");
        }
        try (InputStream text = type.getResourceAsStream("profiles/" + name + ".yaml")) {
            if (text == null) {
                throw new IllegalStateException("profile " + name + " is missing from the program");
            }
            return YAML.readValue(text, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
