package dev.melt.core.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON on one line, for cells. */
final class JsonText {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonText() {}

    static String of(Object mapOrList) {
        try {
            return MAPPER.writeValueAsString(mapOrList);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
