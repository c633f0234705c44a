package dev.melt.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Maps and lists of text as the one JSON that the same content always has: keys sorted, no spaces. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<TreeMap<String, String>> MAP = new TypeReference<>() {};
    private static final TypeReference<List<String>> LIST = new TypeReference<>() {};

    private Json() {}

    static String of(Map<String, String> map) {
        return write(new TreeMap<>(map));
    }

    static String of(List<String> list) {
        return write(list);
    }

    static SortedMap<String, String> map(String json) {
        return read(json, MAP);
    }

    static List<String> list(String json) {
        return read(json, LIST);
    }

    private static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds text that is not MELT's JSON: " + json, e);
        }
    }
}
