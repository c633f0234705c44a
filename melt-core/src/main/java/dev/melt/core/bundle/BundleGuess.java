package dev.melt.core.bundle;

import dev.melt.core.binary.BinaryReader;
import dev.melt.core.binary.FileContent;
import dev.melt.core.binary.FileContent.Elf;
import dev.melt.core.binary.FileContent.MachO;
import dev.melt.core.device.Platform;
import dev.melt.core.engine.Abi;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundle.BundleFile;
import dev.melt.core.home.FileProblems;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a folder without {@code bundle.yaml} looks like: the beginning of one.
 *
 * @param names of all files, and which of them are programs
 */
public record BundleGuess(
        Optional<String> engine,
        Optional<String> version,
        Optional<String> abi,
        String backend,
        List<String> names,
        List<String> executable,
        Map<String, String> environment) {
    /** A program or library that only one engine has. */
    private static final Map<String, String> ENGINES = engines();

    /** Every engine that is told by its files, under the name of its adapter. */
    public static Set<String> engineNames() {
        return Set.copyOf(ENGINES.values());
    }

    private static Map<String, String> engines() {
        Map<String, String> engines = new LinkedHashMap<>();
        engines.put(
                "(llama-(bench|cli|completion|server|perplexity|quantize|batched-bench)|libllama\\..*)", "llama.cpp");
        engines.put("(mlc_llm|libmlc_llm.*|mlc_chat_cli)", "mlc-llm");
        engines.put("(mllm-.*|libMllm.*|demo_qwen.*|mllm_benchmark)", "mllm");
        engines.put("(llama_main|qnn_llama_runner|lib.*executorch.*)", "executorch");
        engines.put("(litert_lm.*|libLiteRt.*)", "litert-lm");
        engines.put("(llm_bench|llm_demo|libMNN.*)", "mnn");
        engines.put("(genie-t2t-run|libGenie\\..*)", "genie");
        engines.put("(mlx_lm\\.[a-z]+|llm-tool)", "mlx");
        engines.put("(model_benchmark|libonnxruntime-genai.*)", "onnxruntime-genai");
        return engines;
    }

    /** Looks at the files; starts those that run here for their version. */
    public static BundleGuess of(Path folder) throws InterruptedException {
        List<String> names = BundleFiles.below(folder);
        if (names.isEmpty()) {
            throw new InvalidInputException(
                    folder.toString(), "a build of an engine expected", "the folder is empty", "check the path");
        }
        Map<String, FileContent> contents = new TreeMap<>();
        List<BundleFile> files = new ArrayList<>();
        for (String name : names) {
            Path path = BundleFiles.locate(folder, name);
            FileContent content = content(path);
            contents.put(name, content);
            files.add(new BundleFile(name, folder.resolve(name), "", isProgram(path, content)));
        }
        Optional<String> abi = abi(contents);
        Map<String, String> environment = environment(contents, abi);
        Bundle bundle = new Bundle("", "", "", abi.orElse(""), "cpu", "", files, environment, Map.of());
        return new BundleGuess(
                engine(names),
                VersionProbe.USUAL.ask(bundle).map(VersionProbe.Answer::version),
                abi,
                backend(names),
                names,
                files.stream()
                        .filter(BundleFile::executable)
                        .map(BundleFile::name)
                        .toList(),
                environment);
    }

    /** Libraries may be marked executable too, as linkers do; they are not started. */
    private static boolean isProgram(Path path, FileContent content) {
        return (content instanceof Elf elf && elf.role() == FileContent.Role.PROGRAM)
                || (content instanceof MachO machO
                        && machO.slices().stream().anyMatch(slice -> slice.role() == FileContent.Role.PROGRAM))
                || (content instanceof FileContent.Script && Files.isExecutable(path));
    }

    private static FileContent content(Path path) {
        try {
            return BinaryReader.read(path);
        } catch (IOException e) {
            throw FileProblems.of(path, e);
        }
    }

    private static Optional<String> engine(List<String> names) {
        return ENGINES.entrySet().stream()
                .filter(known -> names.stream().anyMatch(name -> baseName(name).matches(known.getKey())))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String backend(List<String> names) {
        String all = names.stream().map(BundleGuess::baseName).collect(Collectors.joining(" "));
        if (all.matches(".*(QnnHtp|hexagon|libMllmQNN|qnn_).*")) {
            return "npu";
        }
        return all.matches("(?i).*(ggml-(cuda|vulkan|opencl|metal|hip|sycl)|GpuAccelerator|_CL\\.so|Vulkan).*")
                ? "gpu"
                : "cpu";
    }

    /** What the programs say, else the libraries; a file for a signal processor says nothing. */
    private static Optional<String> abi(Map<String, FileContent> contents) {
        List<FileContent> linked = contents.values().stream()
                .filter(content -> content instanceof Elf || content instanceof MachO)
                .toList();
        if (linked.isEmpty()) {
            boolean jars = contents.keySet().stream().anyMatch(name -> name.endsWith(".jar"));
            return Optional.of((jars ? Abi.JVM : Abi.ANY).word());
        }
        return linked.stream()
                .flatMap(content -> abi(content).stream())
                .findFirst()
                .map(Abi::word);
    }

    private static Optional<Abi> abi(FileContent content) {
        if (content instanceof Elf elf) {
            boolean android = elf.androidApi().isPresent()
                    || elf.interpreter()
                            .filter(loader -> loader.matches(".*/linker(64)?"))
                            .isPresent()
                    || elf.needed().contains("libc.so");
            return elf.machine().flatMap(m -> Abi.of(m, android ? Platform.ANDROID : Platform.LINUX));
        }
        return ((MachO) content)
                .slices().stream()
                        .flatMap(slice -> slice
                                .machine()
                                .flatMap(m -> Abi.of(
                                        m, slice.platform().equals(Optional.of("ios")) ? Platform.IOS : Platform.MACOS))
                                .stream())
                        .findFirst();
    }

    /** Where the loader has to look for libraries; a built-in path is that of the machine that built them. */
    private static Map<String, String> environment(Map<String, FileContent> contents, Optional<String> abi) {
        String folders = contents.entrySet().stream()
                .filter(file -> file.getValue() instanceof Elf elf && elf.role() == FileContent.Role.LIBRARY)
                .map(file -> file.getKey().contains("/")
                        ? "{bundle}/" + file.getKey().substring(0, file.getKey().lastIndexOf('/'))
                        : "{bundle}")
                .distinct()
                .collect(Collectors.joining(":"));
        Map<String, String> environment = new TreeMap<>();
        if (!folders.isEmpty()) {
            environment.put("LD_LIBRARY_PATH", folders);
            if (contents.values().stream()
                            .anyMatch(c -> c instanceof Elf elf
                                    && elf.machine().equals(Optional.of(dev.melt.core.binary.Machine.HEXAGON)))
                    && abi.filter(word -> word.equals(Abi.ARM64_ANDROID.word())).isPresent()) {
                environment.put("ADSP_LIBRARY_PATH", folders.replace(':', ';'));
            }
        }
        return environment;
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The same with what a person knows better. */
    public BundleGuess with(
            Optional<String> engine, Optional<String> version, Optional<String> abi, Optional<String> backend) {
        return new BundleGuess(
                engine.or(() -> this.engine),
                version.or(() -> this.version),
                abi.or(() -> this.abi),
                backend.orElse(this.backend),
                names,
                executable,
                environment);
    }

    /** Whether nothing is left to fill in. */
    public boolean isComplete() {
        return unknown().isEmpty();
    }

    /** Keys that a person has to fill in, with commas between. */
    public String unknown() {
        return keys("engine", "version", "abi");
    }

    /** Options that give them. */
    public String remedy() {
        return keys("--engine", "--engine-version", "--abi");
    }

    private String keys(String engineKey, String versionKey, String abiKey) {
        List<String> keys = new ArrayList<>();
        engine.ifPresentOrElse(known -> {}, () -> keys.add(engineKey));
        version.ifPresentOrElse(known -> {}, () -> keys.add(versionKey));
        abi.ifPresentOrElse(known -> {}, () -> keys.add(abiKey));
        return String.join(", ", keys);
    }

    /** As {@code bundle.yaml}; what could not be guessed is marked for a person to fill in. */
    public String yaml() {
        StringBuilder yaml = new StringBuilder("# What MELT saw in this folder; correct it where it is wrong.\n")
                .append(line("engine", engine))
                .append(line("version", version))
                .append(line("abi", abi))
                .append("backend: ")
                .append(backend)
                .append("\nfiles:\n");
        names.forEach(name -> yaml.append("  - ").append(quoted(name)).append('\n'));
        yaml.append(executable.isEmpty() ? "executable: []\n" : "executable:\n");
        executable.forEach(name -> yaml.append("  - ").append(quoted(name)).append('\n'));
        if (!environment.isEmpty()) {
            yaml.append("environment:\n");
            environment.forEach((name, value) -> yaml.append("  ")
                    .append(name)
                    .append(": ")
                    .append(quoted(value))
                    .append('\n'));
        }
        return yaml.append("# build:\n#   commit: ...\n#   flags: ...\n").toString();
    }

    private static String line(String key, Optional<String> value) {
        return value.map(known -> key + ": " + quoted(known) + "\n").orElse("# not seen, fill in:\n" + key + ": \n");
    }

    /** Names and versions hold no quote and no backslash: the patterns of their schema see to that. */
    private static String quoted(String text) {
        return '"' + text.replaceAll("[\"\\\\\\p{Cntrl}]", "") + '"';
    }
}
