package dev.melt.cli;

/** Where the Java machine starts MELT; the only place that ends it. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(ProcessStreams.run(args));
    }
}
