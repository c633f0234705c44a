package dev.melt.core.workload;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One point of a token grid with more and more tokens in the KV cache before it.
 *
 * @param depths in tokens, each a cell of its own
 */
public record DepthSweep(String name, Point point, List<Integer> depths) implements Workload {
    public DepthSweep {
        requireNonNull(name, "name");
        requireNonNull(point, "point");
        depths = List.copyOf(depths);
        Limits.checkNotEmpty("depths of " + name, depths.size());
        depths.forEach(depth -> Limits.check("depth in tokens", depth, 0, Limits.MOST_TOKENS));
    }

    @Override
    public List<Workload> expand() {
        return grid().expand();
    }

    @Override
    public Script script() {
        return grid().script();
    }

    @Override
    public String summary() {
        return point + " at depths "
                + String.join(", ", depths.stream().map(String::valueOf).toList());
    }

    @Override
    public Workload generating(int tokens) {
        throw Limits.fixedGenerate(name, tokens);
    }

    private TokenGrid grid() {
        return new TokenGrid(name, depths.stream().map(point::at).toList());
    }
}
