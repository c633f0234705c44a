package dev.melt.jetson.board;

import java.util.SortedMap;
import java.util.TreeMap;

/** What is known of a Jetson alone: its software's version and its power mode. */
record TegraFacts(BoardLook look) {
    SortedMap<String, String> find() {
        return new TreeMap<>();
    }
}
