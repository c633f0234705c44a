package dev.melt.engines.opprofile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.profile.ProfileSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What TVM's profiling virtual machine prints after each function: {@code Report from function decode:} and a line of JSON,
 * or, where a logger cuts long lines, pieces of it under {@code Report from function decode[i/N]:} with i from 0 to N. Pieces
 * of several functions may come mixed; tables and everything else are passed over.
 */
final class ProfilerReports {
    static final byte[] REPORT = "Report from function".getBytes(US_ASCII);

    private static final Pattern MARKER =
            Pattern.compile("Report from function +([^\\s\\[:]+) *(?:\\[([0-9]{1,6})/([0-9]{1,6})\\])?:(.*)");

    /** What Android's logger puts in front of each line. */
    private static final Pattern LOGCAT =
            Pattern.compile("^(?:[0-9]{2}-[0-9]{2} +[0-9:.]{12,15} +[0-9]+ +[0-9]+ +[A-Z] +"
                    + "[^:\\s]+ *: ?|[A-Z]/[^(\\s]+ *\\( *[0-9]+\\): ?)");

    private final LogLines line;
    private final ProfileSink sink;
    private final ReportJson json;
    private final Map<String, ReportPieces> pieces = new HashMap<>();
    private final Deque<Piece> awaited = new ArrayDeque<>();
    private int reports;

    /** A piece that was announced and comes on a line of its own. */
    private record Piece(String function, int index, int last) {}

    private ProfilerReports(InputStream in, ProfileSink sink) {
        this.line = new LogLines(in);
        this.sink = sink;
        this.json = new ReportJson(sink);
    }

    /**
     * Reads a log to its end.
     *
     * @throws UnknownOutputException when there is no whole report in it
     */
    static void read(InputStream in, ProfileSink sink) throws IOException, UnknownOutputException {
        new ProfilerReports(in, sink).run();
    }

    private void run() throws IOException, UnknownOutputException {
        while (line.next()) {
            if (line.find(REPORT, line.from()) >= 0) {
                announced();
            } else if (!awaited.isEmpty() && line.from() < line.to()) {
                unannounced();
            }
        }
        awaited.forEach(piece -> sink.fault(piece.function() + ": the log ends where a report should begin or go on"));
        pieces.values().forEach(one -> one.unfinished().ifPresent(sink::fault));
        if (reports == 0) {
            throw new UnknownOutputException("mlc-llm profiler log: 'Report from function NAME:' with a report in JSON"
                    + " expected, no whole one found");
        }
    }

    private void announced() {
        Matcher marker = MARKER.matcher(line.text());
        if (!marker.find()) {
            return;
        }
        int index = marker.group(2) == null ? 0 : Integer.parseInt(marker.group(2));
        int last = marker.group(3) == null ? 0 : Integer.parseInt(marker.group(3));
        Piece piece = new Piece(marker.group(1), index, last);
        String rest = marker.group(4).strip();
        if (rest.isEmpty()) {
            awaited.add(piece);
        } else {
            take(piece, rest);
        }
    }

    private void unannounced() {
        String text = LOGCAT.matcher(line.text()).replaceFirst("").strip();
        Piece piece = awaited.element();
        if (piece.index() > 0) {
            take(awaited.remove(), text);
        } else if (text.indexOf('{') >= 0) {
            take(awaited.remove(), text.substring(text.indexOf('{')));
        }
    }

    private void take(Piece piece, String text) {
        ReportPieces collected = pieces.computeIfAbsent(piece.function(), ReportPieces::new);
        collected.fault(piece.index(), piece.last()).ifPresent(sink::fault);
        Optional<String> whole = collected.add(piece.index(), piece.last(), text);
        if (whole.isPresent() && json.read(piece.function(), whole.get())) {
            reports++;
        }
    }
}
