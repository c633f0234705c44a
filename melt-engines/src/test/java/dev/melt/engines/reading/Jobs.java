package dev.melt.engines.reading;

import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundle.BundleFile;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Settings;
import dev.melt.core.model.Model;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Jobs for adapters: bundles of given files, prompts, counts of tokens. */
public final class Jobs {
    public static final Device PHONE = new Device("phone", Platform.ANDROID, "serial", true, Map.of("cores", "8"));

    private Jobs() {}

    /** A bundle whose files lie in a folder under their names, whether or not they are there. */
    public static Bundle bundle(
            String engine, String backend, Path folder, Map<String, String> build, String... fileNames) {
        List<Bundle.BundleFile> files = Stream.of(fileNames)
                .map(name -> new Bundle.BundleFile(name, folder.resolve(name), "00", name.startsWith("bin/")))
                .toList();
        return new Bundle("b", engine, "1", "arm64-v8a", backend, "00", files, Map.of(), build);
    }

    /** A job of the bundle, with settings as {@code key=value}. */
    public static EngineJob job(Bundle bundle, String modelFile, Script script, String... settings) {
        Model model = new Model(
                modelFile.replaceAll("\\.[a-z]+$", ""),
                Path.of(modelFile),
                "qwen3",
                1,
                "Q4",
                1,
                Optional.of("00"),
                Optional.empty());
        return new EngineJob(model, bundle, Settings.parse(List.of(settings)), script, false);
    }

    /** Each request a conversation of its own. */
    public static Script turns(Request... requests) {
        return Script.once(IntStream.range(0, requests.length)
                .mapToObj(i -> new Conversation(i, false, List.of(requests[i])))
                .toList());
    }

    public static final Placement PLACEMENT = new Placement("/device/store/m.gguf", "/device/store/bundle");

    public static Device device(Platform platform) {
        return new Device("dev", platform, "serial", true, Map.of());
    }

    public static Bundle bundle(String engine, String backend, Path folder, String... files) {
        List<BundleFile> list = new ArrayList<>();
        for (String file : files) {
            list.add(new BundleFile(file, folder.resolve(file), "00", false));
        }
        return new Bundle(
                "b",
                engine,
                "1",
                "x86_64-linux",
                backend,
                "00",
                list,
                Map.of("OWN", "{bundle}/x"),
                Map.of("model", "m"));
    }

    public static EngineJob job(Bundle bundle, Script script, String... settings) {
        Model model = new Model("m", Path.of("/m.gguf"), "llama", 1, "Q4_0", 1, Optional.of("00"), Optional.empty());
        return new EngineJob(model, bundle, Settings.parse(List.of(settings)), script, false);
    }

    /** One conversation a prompt, without the chat template. */
    public static Script texts(int generate, String... prompts) {
        return texts(false, generate, prompts);
    }

    public static Script texts(boolean chat, int generate, String... prompts) {
        List<Conversation> conversations = new ArrayList<>();
        for (String prompt : prompts) {
            conversations.add(
                    new Conversation(conversations.size(), chat, List.of(new Request.Text(prompt, generate))));
        }
        return Script.once(conversations);
    }

    public static Script tokens(int prompt, int generate, int depth) {
        return Script.once(List.of(new Conversation(0, false, List.of(new Request.Tokens(prompt, generate, depth)))));
    }
}
