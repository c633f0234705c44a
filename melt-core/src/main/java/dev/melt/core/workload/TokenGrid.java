package dev.melt.core.workload;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/** Prompts and answers of so many tokens, whatever they say; each point is a cell of its own. */
public record TokenGrid(String name, List<Point> points) implements Workload {
    public TokenGrid {
        requireNonNull(name, "name");
        points = List.copyOf(points);
        Limits.checkNotEmpty("points of " + name, points.size());
    }

    @Override
    public List<Workload> expand() {
        return points.stream()
                .distinct()
                .<Workload>map(point -> new TokenGrid(point.toString(), List.of(point)))
                .toList();
    }

    @Override
    public Script script() {
        List<Conversation> conversations = new ArrayList<>();
        points.forEach(point -> conversations.add(point.conversation(conversations.size())));
        return Script.once(conversations);
    }

    @Override
    public String summary() {
        return "token grid "
                + String.join(", ", points.stream().map(Point::toString).toList());
    }

    @Override
    public Workload generating(int tokens) {
        throw Limits.fixedGenerate(name, tokens);
    }
}
