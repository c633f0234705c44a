package dev.melt.embedded;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One JSON object of a request, read field by field; what nobody asked for is refused at the end. */
final class Fields {
    private final String path;
    private final Map<?, ?> values;
    private final Set<String> known = new HashSet<>();

    Fields(String path, Object value) {
        this.path = path;
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(path, "an object", value);
        }
        this.values = map;
    }

    Optional<Object> value(String name) {
        known.add(name);
        return Optional.ofNullable(values.get(name));
    }

    boolean has(String name) {
        return value(name).isPresent();
    }

    Optional<String> text(String name) {
        return value(name).map(value -> {
            if (value instanceof String text) {
                return text;
            }
            throw wrong(at(name), "a text", value);
        });
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> wrong(at(name), "a text", "nothing"));
    }

    boolean flag(String name, boolean otherwise) {
        Object value = value(name).orElse(otherwise);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(at(name), "true or false", value);
    }

    int integer(String name, int otherwise, int least, int most) {
        return value(name).map(value -> integer(at(name), value, least, most)).orElse(otherwise);
    }

    int requiredInteger(String name, int least, int most) {
        return integer(at(name), value(name).orElse("nothing"), least, most);
    }

    static int integer(String where, Object value, int least, int most) {
        if (value instanceof Long number && number >= least && number <= most) {
            return Math.toIntExact(number);
        }
        throw wrong(where, "a whole number from " + least + " to " + most, value);
    }

    double decimal(String name, double otherwise, double least, double most) {
        return value(name).map(value -> decimal(at(name), value, least, most)).orElse(otherwise);
    }

    static double decimal(String where, Object value, double least, double most) {
        if (value instanceof Number number && number.doubleValue() >= least && number.doubleValue() <= most) {
            return number.doubleValue();
        }
        throw wrong(where, "a number from " + least + " to " + most, value);
    }

    Fields object(String name) {
        return new Fields(at(name), value(name).orElse(Map.of()));
    }

    List<?> list(String name) {
        Object value = value(name).orElse(List.of());
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong(at(name), "a list", value);
    }

    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (Object element : list(name)) {
            objects.add(new Fields(at(name) + "[" + objects.size() + "]", element));
        }
        return objects;
    }

    String at(String name) {
        return path + "." + name;
    }

    void refuseOthers() {
        for (Object name : values.keySet()) {
            if (name instanceof String text && !known.contains(text)) {
                throw new WorkerException(ErrorKind.BAD_OPTION, at(text) + ": unknown; known are " + sorted());
            }
        }
    }

    private String sorted() {
        return String.join(", ", known.stream().sorted().toList());
    }

    static WorkerException wrong(String where, String expected, Object found) {
        return new WorkerException(ErrorKind.BAD_OPTION, where + ": expected " + expected + ", found " + brief(found));
    }

    private static String brief(Object found) {
        String text = String.valueOf(found);
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
