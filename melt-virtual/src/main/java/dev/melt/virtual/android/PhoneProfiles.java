package dev.melt.virtual.android;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The kinds of phone that MELT brings. */
public final class PhoneProfiles {
    private static final List<String> NAMES = List.of("android-6", "galaxy-s24", "pixel8", "xiaomi-14");
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private PhoneProfiles() {}

    /** Their names, sorted. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * One by its name.
     *
     * @throws InvalidInputException when there is none of that name
     */
    public static PhoneProfile named(String name) {
        if (!NAMES.contains(name)) {
            throw new InvalidInputException(new Problem(
                    "virtual phone " + name,
                    "one of " + String.join(", ", NAMES) + " needed",
                    "no such profile",
                    "choose one of them"));
        }
        try (InputStream text = PhoneProfiles.class.getResourceAsStream("profiles/" + name + ".yaml")) {
            if (text == null) {
                throw new IllegalStateException("profile " + name + " is missing from the program");
            }
            return YAML.readValue(text, PhoneProfile.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
