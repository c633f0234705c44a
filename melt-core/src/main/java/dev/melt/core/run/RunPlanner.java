package dev.melt.core.run;

import dev.melt.core.device.Device;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Engines;
import dev.melt.core.engine.ServedEngine;
import dev.melt.core.engine.Settings;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.model.Model;
import dev.melt.core.model.ModelReference;
import dev.melt.core.model.ModelRegistry;
import dev.melt.core.prepare.WantedSetting;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.workload.Workload;
import dev.melt.core.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns what a person asked for into a plan. Works in two steps, so that a wrong name is found before a model is made and
 * long before a device is touched.
 */
public final class RunPlanner {
    private final Engines engines;
    private final Workloads workloads;
    private final ModelRegistry models;

    public RunPlanner(Engines engines, Workloads workloads, ModelRegistry models) {
        this.engines = engines;
        this.workloads = workloads;
        this.models = models;
    }

    /**
     * What the names of a request mean.
     *
     * @param models as typed and as found
     * @param workloads those that become a cell each
     */
    public record Matrix(List<Entry> models, List<Workload> workloads) {
        public Matrix {
            models = List.copyOf(models);
            workloads = List.copyOf(workloads);
        }

        /** A model as it was typed and what that means. */
        public record Entry(String typed, ModelReference found) {}
    }

    /**
     * Looks every name up. Makes nothing, opens nothing.
     *
     * @throws InvalidInputException for the first name that means nothing
     */
    public Matrix matrix(RunRequest request) {
        engines.named(request.engine());
        List<Matrix.Entry> found = new ArrayList<>();
        for (String model : request.models()) {
            ModelReference reference = models.find(model);
            models.preview(reference, soundHeader -> found.add(new Matrix.Entry(model, reference)));
        }
        List<Workload> cells = new ArrayList<>();
        for (String name : request.workloads()) {
            Workload workload = workloads.resolve(name);
            Workload sized = request.generate().isPresent()
                    ? workload.generating(request.generate().getAsInt())
                    : workload;
            cells.addAll(sized.expand());
        }
        return new Matrix(found, cells);
    }

    /**
     * Makes the plan: completes the settings, refuses what cannot work on the device, and obtains the models. A model is
     * made, and a large file read, only after nothing of the whole matrix was refused.
     *
     * @throws InvalidInputException when the engine refuses a cell
     */
    public RunPlan plan(RunRequest request, Matrix matrix, Device device, ByteProgress progress) {
        List<Cell> cells = new ArrayList<>();
        EngineAdapter engine = engines.named(request.engine());
        Bundle bundle = engines.bundle(engine, device, request.bundle());
        check(request, matrix, device);
        for (Matrix.Entry entry : matrix.models()) {
            Model model = models.obtain(entry.typed(), progress);
            for (Workload workload : matrix.workloads()) {
                for (List<WantedSetting> variation : request.variations()) {
                    cells.add(cell(request, engine, bundle, device, model, workload, variation));
                }
            }
        }
        return RunPlan.of(request.device(), cells, request.protocol());
    }

    /**
     * The same plan with every cell's model compared with another.
     *
     * @throws InvalidInputException when there is no such model
     */
    public RunPlan against(String base, RunPlan plan, ByteProgress progress) {
        Model other = models.obtain(base, progress);
        return new RunPlan(
                plan.cells().stream().map(cell -> cell.against(other)).toList(), plan.protocols(), plan.trials());
    }

    /**
     * Asks the engine about every cell. Makes nothing; of a large model only the header is read.
     *
     * @throws InvalidInputException when the engine refuses a cell
     */
    public void check(RunRequest request, Matrix matrix, Device device) {
        EngineAdapter engine = engines.named(request.engine());
        refuseToCutTheWay(request, engine, device);
        refuseWhatCannotStart(engine, device);
        Bundle bundle = engines.bundle(engine, device, request.bundle());
        for (Matrix.Entry entry : matrix.models()) {
            models.preview(
                    entry.found(),
                    model -> matrix.workloads().forEach(workload -> {
                        EngineJob asked = new EngineJob(model, bundle, request.settings(), workload.script(), false);
                        engine.refuse(asked.with(engine.complete(asked, device)), device)
                                .ifPresent(problem -> {
                                    throw new InvalidInputException(problem);
                                });
                    }));
        }
    }

    private static void refuseToCutTheWay(RunRequest request, EngineAdapter engine, Device device) {
        if (request.protocol().usbPower().isPresent()
                && engine instanceof ServedEngine
                && "usb".equals(device.facts().get("link"))) {
            throw new InvalidInputException(
                    "[" + device.name() + "] --usb-off",
                    "an engine that needs no link while it works expected",
                    engine.name() + " is asked over the cable",
                    "connect the device over Wi-Fi, or take an engine that runs by itself");
        }
    }

    /** A phone that starts nothing which is brought to it says which engines it has. */
    private static void refuseWhatCannotStart(EngineAdapter engine, Device device) {
        String there = device.facts().get("engines");
        if (there != null && !List.of(there.split(" ", -1)).contains(engine.name())) {
            throw new InvalidInputException(
                    "[" + device.name() + "] engine " + engine.name(),
                    "an engine that this device can start expected",
                    "it starts only " + there,
                    "use --engine " + there);
        }
    }

    private static Cell cell(
            RunRequest request,
            EngineAdapter engine,
            Bundle bundle,
            Device device,
            Model model,
            Workload workload,
            List<WantedSetting> variation) {
        EngineJob asked = new EngineJob(model, bundle, request.settings(), workload.script(), false);
        Settings complete = engine.complete(asked, device);
        Fingerprint fingerprint = new Fingerprint()
                .with("device", device.serial())
                .with("kernel", device.facts().getOrDefault("kernel", ""))
                .with("engine", engine.name())
                .with("bundle", bundle.sha256())
                .with("model", model.digest())
                .with("workload", workload.fingerprint())
                .with("sampling", request.protocol().samplingPeriod().toString());
        complete.byKey().forEach((key, value) -> fingerprint.with("setting." + key, value));
        Stream.concat(request.protocol().prepare().stream(), variation.stream())
                .collect(Collectors.toMap(WantedSetting::name, WantedSetting::value, (usual, own) -> own, TreeMap::new))
                .forEach((name, value) -> fingerprint.with("prepare." + name, value));
        return new Cell(
                fingerprint.hex(),
                request.device(),
                engine.name(),
                bundle.sha256(),
                model,
                workload.name(),
                workload.script(),
                complete,
                variation);
    }
}
