package dev.melt.testkit;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests for tests of agents whose engine is a real one: small, with turns of a length that does not depend on the model. */
public final class AppRequests {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final String SETTINGS = "\"settings\": {\"threads\": 1, \"context\": 128, \"ignore_eos\": true}";

    private static final String GREETING = "How are you?";
    private static final String QUESTION = "Name a colour.";

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

    /** The same question twice, and between the two another. */
    public static String questions(String model) {
        String question = ", \"context\": \"The sky is\", \"continuation\": \" blue\"}";
        return "{\"model\": \"" + model + "\", " + SETTINGS + ", \"score\": [{\"id\": 1" + question
                + ", {\"id\": 2, \"continuation\": \"alone\"}, {\"id\": 3" + question + "]}";
    }

    /** A chat of two turns. */
    public static String chat(String model) {
        return chat(model, "", turn(0, GREETING) + ", " + turn(1, QUESTION));
    }

    /**
     * Its second turn alone, after what was said in the first.
     *
     * @param answer the tokens that answered the greeting
     */
    public static String chatThatGoesOn(String model, List<Integer> answer) {
        return chat(
                model,
                "\"restore\": [{\"prompt\": \"" + GREETING + "\", \"ids\": " + answer + "}], ",
                turn(1, QUESTION));
    }

    private static String chat(String model, String before, String turns) {
        return "{\"model\": \"" + model + "\", " + SETTINGS + ", \"conversations\": [{\"id\": 0, \"chat\": true, "
                + before + "\"turns\": [" + turns + "]}]}";
    }

    private static String turn(int number, String prompt) {
        return "{\"turn\": " + number + ", \"prompt\": \"" + prompt + "\", \"generate\": 8}";
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
