package dev.melt.benchmarks;

import java.io.IOException;
import java.util.List;

/** One question about MELT's own speed. */
interface Benchmark {
    /** What it is called on the command line. */
    String name();

    /** What is compared with what, in one line. */
    String question();

    /** Measures, peer and MELT by turns. */
    List<Figure> measure(Workbench bench) throws IOException, InterruptedException;
}
