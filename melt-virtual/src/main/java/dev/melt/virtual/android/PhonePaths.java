package dev.melt.virtual.android;

import dev.melt.virtual.box.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Finds the place on this machine of a path as the phone sees it. Links are followed as in the phone, so that none leads out of it.
 */
record PhonePaths(Box box) {
    private static final int MOST_LINKS = 20;
    private static final String MEDIA = "/data/media/0";
    private static final List<String> WRITABLE = List.of("/data/local/tmp", MEDIA, "/data/misc/perfetto-traces");

    Path onHost(String path) {
        return box.onHost(inPhone(path));
    }

    /** Whether the shell may make and change files there. */
    boolean mayWrite(String path) {
        String real = inPhone(path);
        return WRITABLE.stream().anyMatch(top -> real.equals(top) || real.startsWith(top + "/"));
    }

    /** The path without links, {@code .} and {@code ..}. */
    String inPhone(String path) {
        Deque<String> todo = words(path);
        String done = "";
        int links = 0;
        while (!todo.isEmpty()) {
            String word = todo.pop();
            if (word.equals("..")) {
                done = done.substring(0, Math.max(0, done.lastIndexOf('/')));
                continue;
            }
            String next = done + "/" + word;
            Path place = box.onHost(next);
            if (Files.isSymbolicLink(place) && links++ < MOST_LINKS) {
                String target = target(place);
                done = target.startsWith("/") ? "" : done;
                Deque<String> more = words(target);
                more.descendingIterator().forEachRemaining(todo::push);
            } else {
                done = next.equals("/storage/emulated/0") ? MEDIA : next;
            }
        }
        return done.isEmpty() ? "/" : done;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static Deque<String> words(String path) {
        Deque<String> words = new ArrayDeque<>();
        for (String word : path.split("/", -1)) {
            if (!word.isEmpty() && !word.equals(".")) {
                words.add(word);
            }
        }
        return words;
    }
}
