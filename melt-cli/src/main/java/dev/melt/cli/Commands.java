package dev.melt.cli;

import static dev.melt.cli.CommandNode.group;
import static dev.melt.cli.CommandNode.judging;
import static dev.melt.cli.CommandNode.leaf;

import dev.melt.cli.command.BundlesAddCommand;
import dev.melt.cli.command.BundlesInspectCommand;
import dev.melt.cli.command.BundlesListCommand;
import dev.melt.cli.command.BundlesRemoveCommand;
import dev.melt.cli.command.CalibrateCommand;
import dev.melt.cli.command.CompletionCommand;
import dev.melt.cli.command.DeviceGcCommand;
import dev.melt.cli.command.DeviceShowCommand;
import dev.melt.cli.command.DevicesCommand;
import dev.melt.cli.command.DoctorCommand;
import dev.melt.cli.command.EnginesCommand;
import dev.melt.cli.command.ExportCommand;
import dev.melt.cli.command.ModelsConvertCommand;
import dev.melt.cli.command.ModelsInspectCommand;
import dev.melt.cli.command.ModelsListCommand;
import dev.melt.cli.command.ModelsPullCommand;
import dev.melt.cli.command.ModelsQuantizeCommand;
import dev.melt.cli.command.ModelsRemoveCommand;
import dev.melt.cli.command.ModelsShowCommand;
import dev.melt.cli.command.ModelsSynthCommand;
import dev.melt.cli.command.ParseCommand;
import dev.melt.cli.command.RunsCommand;
import dev.melt.cli.command.WorkloadsImportCommand;
import dev.melt.cli.command.WorkloadsListCommand;
import dev.melt.cli.command.WorkloadsShowCommand;
import dev.melt.cli.command.ops.OpsCommand;
import dev.melt.cli.command.run.AccuracyCommand;
import dev.melt.cli.command.run.ExplainCommand;
import dev.melt.cli.command.run.ReparseCommand;
import dev.melt.cli.command.run.RestoreCommand;
import dev.melt.cli.command.run.ResumeCommand;
import dev.melt.cli.command.run.RunCommand;
import dev.melt.cli.command.run.ShowCommand;
import java.util.List;

/** Every command, in the order of the help text. To add one, write its class and name it here. */
public final class Commands {
    static final List<CommandNode> ALL = List.of(
            judging("run", "run a workload on a device and keep everything that came of it", RunCommand::new),
            judging("accuracy", "examine a model: tasks, perplexity, divergence", AccuracyCommand::new),
            judging("resume", "go on with a run that was interrupted", ResumeCommand::new),
            leaf("show", "show what a run came to", ShowCommand::new),
            leaf("explain", "say what failed in a run, on what evidence, and what to do", ExplainCommand::new),
            group(
                    "models",
                    "models on this host: list, make, fetch, look into",
                    leaf("list", "list models that are here and shapes that can be made", ModelsListCommand::new),
                    leaf("show", "show what a word for a model means here", ModelsShowCommand::new),
                    leaf("inspect", "show what a GGUF file holds and what memory it takes", ModelsInspectCommand::new),
                    leaf("synth", "make a model of any shape with random weights", ModelsSynthCommand::new),
                    leaf("pull", "fetch a model by URL or from a hub", ModelsPullCommand::new),
                    leaf("quantize", "make a smaller model with a bundle's llama-quantize", ModelsQuantizeCommand::new),
                    leaf("convert", "make a model with a converter of yours", ModelsConvertCommand::new),
                    leaf("remove", "delete models from MELT's home", ModelsRemoveCommand::new)),
            group(
                    "bundles",
                    "builds of engines: add, list, look into, remove",
                    leaf("add", "take a copy of a build of an engine", BundlesAddCommand::new),
                    leaf("list", "list the builds that engines may choose from", BundlesListCommand::new),
                    leaf("inspect", "check whether a build can run where it is meant for", BundlesInspectCommand::new),
                    leaf("remove", "delete builds from MELT's home", BundlesRemoveCommand::new)),
            group(
                    "workloads",
                    "what models are asked: list, look into, import",
                    leaf("list", "list workloads by name", WorkloadsListCommand::new),
                    leaf("show", "show what a workload asks, turn by turn", WorkloadsShowCommand::new),
                    leaf("import", "take over a conversations.json", WorkloadsImportCommand::new)),
            leaf("runs", "list the runs in the store, newest first", RunsCommand::new),
            leaf("ops", "show how long each operator took, in a run or in an engine's own log", OpsCommand::new),
            leaf("reparse", "compute a run's figures again from its raw files", ReparseCommand::new),
            judging("parse", "read a file that an engine or a telemetry source printed", ParseCommand::new),
            leaf("export", "write a run as tables for other programs", ExportCommand::new),
            leaf("engines", "list the engines that can be used, and their settings", EnginesCommand::new),
            leaf("devices", "list the devices that can be seen now", DevicesCommand::new),
            group(
                    "device",
                    "one device: look into, tidy up",
                    leaf("show", "show what a device is, measures and lets MELT set", DeviceShowCommand::new),
                    leaf("gc", "remove from a device what is needed no more", DeviceGcCommand::new)),
            leaf("restore", "put back what a run changed on a device and did not put back", RestoreCommand::new),
            leaf(
                    "calibrate",
                    "measure what sampling costs on this machine, and how well it keeps time",
                    CalibrateCommand::new),
            leaf("doctor", "say what this host can drive and measure, and what is missing", DoctorCommand::new),
            leaf("completion", "print a completion script for a shell", CompletionCommand::new));

    private Commands() {}
}
