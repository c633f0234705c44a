package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What is known of a product from its {@code ProductType} alone: phones do not tell their memory. */
public final class IphoneModels {
    private static final String TABLE = "iphone-models.tsv";
    private static final Map<String, Model> MODELS = load();

    private IphoneModels() {}

    /**
     * A product.
     *
     * @param soc the chip's name, such as {@code A16 Bionic}
     * @param memoryBytes installed; empty where it differs within the product
     */
    public record Model(String product, String name, String soc, OptionalLong memoryBytes) {
        public Model {
            requireNonNull(product, "product");
            requireNonNull(name, "name");
            requireNonNull(soc, "soc");
            requireNonNull(memoryBytes, "memoryBytes");
        }
    }

    /** The product of this type, such as {@code iPhone15,2}; empty for one that is not in the table. */
    public static Optional<Model> of(String productType) {
        return Optional.ofNullable(MODELS.get(productType));
    }

    /** All, by type. */
    public static Map<String, Model> all() {
        return MODELS;
    }

    private static Map<String, Model> load() {
        Map<String, Model> models = new TreeMap<>();
        table().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] cells = line.split("\t", -1);
            OptionalLong memory =
                    cells[3].equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(cells[3]) << 30);
            models.put(cells[0], new Model(cells[0], cells[1], cells[2], memory));
        });
        return Collections.unmodifiableMap(models);
    }

    private static String table() {
        try (InputStream in = requireNonNull(IphoneModels.class.getResourceAsStream(TABLE), TABLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
