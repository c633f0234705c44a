package dev.melt.core.workload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.melt.core.config.ConfigFiles;
import dev.melt.core.config.ConfigKind;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Turns MELT's published {@code conversations.json} (an array of conversations, each an array of the user's prompts) into a
 * workload file. Goes through prompt by prompt, and puts the file in its place only when the whole is right.
 */
public final class MeltConversationImport {
    private final Path json;
    private int conversations;
    private int prompts;

    private MeltConversationImport(Path json) {
        this.json = json;
    }

    /** What was taken over. */
    public record Imported(Path file, int conversations, int prompts) {}

    /**
     * Writes {@code yaml}, making its folder when it is missing.
     *
     * @throws InvalidInputException naming the place of the first fault, as {@code FILE[conversation][prompt]} or by line
     */
    public static Imported run(Path json, Path yaml, int generate) {
        Limits.check("tokens to generate", generate, 1, Limits.MOST_TOKENS);
        if (!Files.isRegularFile(json)) {
            throw new InvalidInputException(json.toString(), "a file needed", "there is none", "check the path");
        }
        try {
            return new MeltConversationImport(json).into(yaml.toAbsolutePath(), generate);
        } catch (JsonProcessingException e) {
            throw notJson(json, e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    new Problem(
                            json + " to " + yaml,
                            "files that can be read and written needed",
                            e.getClass().getSimpleName() + ": " + e.getMessage(),
                            "check paths, permissions and free space"),
                    e);
        }
    }

    private static InvalidInputException notJson(Path json, JsonProcessingException e) {
        var location = e.getLocation();
        String place = location == null ? "" : ":" + location.getLineNr() + ":" + location.getColumnNr();
        return new InvalidInputException(
                new Problem(json + place, "JSON needed", e.getOriginalMessage(), "correct or download it again"), e);
    }

    private Imported into(Path yaml, int generate) throws IOException {
        Path folder = yaml.resolveSibling("").toAbsolutePath();
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, ".import", ".part");
        try {
            try (JsonParser parser = new JsonFactory().createParser(json.toFile());
                    BufferedWriter out = Files.newBufferedWriter(part)) {
                out.write("kind: conversations\nabout: " + YamlQuote.of("Imported from " + json.getFileName()) + "\n");
                out.write("generate: " + generate + "\nconversations:\n");
                copy(parser, out);
            }
            checkThatItReadsBack(part);
            Files.move(part, yaml, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        return new Imported(yaml, conversations, prompts);
    }

    private void checkThatItReadsBack(Path part) {
        try {
            new ConfigFiles(List.of()).read(ConfigKind.WORKLOADS, part);
        } catch (InvalidInputException e) {
            throw fault("", e.problem().expectation(), e.problem().finding());
        }
    }

    private void copy(JsonParser parser, Writer out) throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw fault("", "an array of conversations needed", "something else found");
        }
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            copyConversation(parser, out);
            conversations++;
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
            throw fault("[" + conversations + "]", "an array of prompts needed", found(parser));
        }
        if (conversations == 0) {
            throw fault("", "at least one conversation needed", "none found");
        }
        if (parser.nextToken() != null) {
            throw fault("", "one array needed", "more found behind it");
        }
    }

    private void copyConversation(JsonParser parser, Writer out) throws IOException {
        int prompt = 0;
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
            out.write((prompt == 0 ? "  - - " : "    - ") + YamlQuote.of(checked(parser.getText(), prompt)) + "\n");
            prompt++;
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
            throw fault(place(prompt), "a prompt as a string needed", found(parser));
        }
        if (prompt == 0) {
            throw fault("[" + conversations + "]", "at least one prompt needed", "none found");
        }
        prompts += prompt;
    }

    private String checked(String text, int prompt) {
        try {
            Request.Text.checkPrompt(text);
        } catch (InvalidInputException e) {
            throw fault(place(prompt), e.problem().expectation(), e.problem().finding());
        }
        if (!YamlQuote.canHold(text)) {
            throw fault(place(prompt), "whole characters needed", "half of a surrogate pair found");
        }
        return text;
    }

    private String place(int prompt) {
        return "[" + conversations + "][" + prompt + "]";
    }

    private InvalidInputException fault(String place, String expectation, String finding) {
        return new InvalidInputException(
                json + place, expectation, finding, "the form is [[\"first prompt\", \"second prompt\"], [\"…\"]]");
    }

    private static String found(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "the end of the file found";
        }
        return switch (token) {
            case START_OBJECT -> "an object found";
            case START_ARRAY -> "an array found";
            case VALUE_STRING -> "a string found";
            default -> parser.getText() + " found";
        };
    }
}
