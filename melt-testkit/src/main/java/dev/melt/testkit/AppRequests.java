package dev.melt.testkit;

import java.util.concurrent.atomic.AtomicInteger;

/** Requests for tests of agents whose engine is a real one: small, with turns of a length that does not depend on the model. */
public final class AppRequests {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final String SETTINGS = "\"settings\": {\"threads\": 1, \"context\": 128, \"ignore_eos\": true}";

    private AppRequests() {}

    /** A name that no trial had before, on this device or another. */
    public static String newTrialId() {
        return "app-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "-" + NEXT.incrementAndGet();
    }

    /** So many turns, each from an empty context. */
    public static String turns(String model, int turns) {
        return "{\"model\": \"" + model + "\", " + SETTINGS + ", " + conversation(turns) + "}";
    }

    /** Turns that go on until somebody ends them. */
    public static String endless(String model) {
        return "{\"model\": \"" + model + "\", " + SETTINGS + ", " + conversation(1)
                + ", \"repeat\": {\"seconds\": 3600}}";
    }

    /** One that no engine may carry out. */
    public static String bad(String model) {
        return "{\"model\": \"" + model + "\", \"settings\": {\"threads\": -1}, " + conversation(1) + "}";
    }

    private static String conversation(int turns) {
        StringBuilder list = new StringBuilder();
        for (int turn = 0; turn < turns; turn++) {
            list.append(turn == 0 ? "" : ", ")
                    .append("{\"turn\": " + turn + ", \"prompt_tokens\": 16, \"generate\": 8}");
        }
        return "\"conversations\": [{\"id\": 0, \"turns\": [" + list + "]}]";
    }
}
