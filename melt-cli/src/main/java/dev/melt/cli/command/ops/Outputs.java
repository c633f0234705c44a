package dev.melt.cli.command.ops;

import dev.melt.cli.ExitCode;
import dev.melt.cli.Session;
import dev.melt.cli.chart.ChartFormat;
import dev.melt.cli.chart.ShareChart;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.PlainText;
import dev.melt.core.profile.MergedOps;
import dev.melt.core.profile.OpCall;
import dev.melt.core.profile.OpProfile;
import dev.melt.core.profile.ProfileSink;
import dev.melt.core.profile.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Everything that one use of {@code melt ops} writes. Files appear when all went well. */
final class Outputs implements AutoCloseable {
    private final Session session;
    private final Wanted wanted;
    private final Optional<NewFile> csvFile;
    private final Optional<Writer> csvWriter;
    private final Optional<CsvOutput> csv;
    private final Optional<JsonOutput> json;
    private final List<Profiled> profiles = new ArrayList<>();

    Outputs(Session session, Wanted wanted) {
        this.session = session;
        this.wanted = wanted;
        wanted.chart().ifPresent(file -> {
            ChartFormat.of(file);
            NewFile.check("--chart", file, wanted.replace());
        });
        this.csvFile = wanted.csv().map(file -> new NewFile("--csv", file, wanted.replace()));
        this.csvWriter = csvFile.map(NewFile::writer);
        this.csv = wanted.csvOnOut() ? Optional.of(new CsvOutput(session.out())) : csvWriter.map(CsvOutput::new);
        this.json = wanted.json() ? Optional.of(new JsonOutput(session.out(), wanted.view())) : Optional.empty();
    }

    /** Reads the source once and writes all. */
    ExitCode write(ProfileSource source) throws IOException, UnknownOutputException {
        source.read(this::sink);
        if (json.isPresent()) {
            json.get().end(profiles);
        }
        csv.ifPresent(output -> output.rows(wanted.view(), profiles));
        if (csvWriter.isPresent()) {
            csvWriter.get().flush();
        }
        if (!wanted.json() && !wanted.csvOnOut()) {
            new TextOutput(session, wanted.view()).print(profiles);
        }
        csvFile.ifPresent(this::complete);
        wanted.chart().ifPresent(this::draw);
        profiles.forEach(one -> one.profile()
                .faults()
                .forEach(fault -> session.err()
                        .println(PlainText.oneLine("melt: " + one.subject().title() + ": " + fault))));
        return ExitCode.DONE;
    }

    private ProfileSink sink(Subject subject) {
        OpProfile profile = new OpProfile(wanted.view().merging(), wanted.stagesApart());
        profiles.add(new Profiled(subject, profile));
        if (wanted.view() != View.CALL) {
            return profile;
        }
        List<BiConsumer<Subject, OpCall>> writers = new ArrayList<>();
        csv.ifPresent(output -> writers.add(output::call));
        json.ifPresent(output -> writers.add(output::call));
        return new CallRows(subject, profile, writers);
    }

    private void complete(NewFile file) {
        file.complete();
        session.say("wrote " + file);
    }

    private void draw(Path file) {
        Map<String, Map<String, Double>> shares = new LinkedHashMap<>();
        for (Profiled one : profiles) {
            String prefix = profiles.size() == 1 ? "" : one.subject().title() + ": ";
            for (MergedOps row : one.profile().rows()) {
                String series = prefix + row.stage().map(Stage::word).orElse("all phases");
                row.share()
                        .ifPresent(share -> shares.computeIfAbsent(series, any -> new LinkedHashMap<>())
                                .put(row.label(), share));
            }
        }
        String title = profiles.size() == 1 ? profiles.get(0).subject().title() : "Operators";
        byte[] drawn = new ShareChart(title, "share of the phase's wall time, %", shares).bytes(ChartFormat.of(file));
        try (NewFile chart = new NewFile("--chart", file, wanted.replace())) {
            chart.write(drawn);
            complete(chart);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (csvFile.isPresent()) {
            csvFile.get().close();
        }
    }
}
