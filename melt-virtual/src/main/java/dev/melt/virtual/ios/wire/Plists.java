package dev.melt.virtual.ios.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dd.plist.NSArray;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSObject;
import com.dd.plist.NSString;
import com.dd.plist.PropertyListFormatException;
import com.dd.plist.PropertyListParser;
import java.io.IOException;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.SAXException;

/** Property lists, made and taken apart. Stateless. */
public final class Plists {
    private static final String UNSIGNED = "unsigned-integer:";
    private static final Pattern UNSIGNED_TEXT = Pattern.compile("<string>" + UNSIGNED + "([0-9]+)</string>");

    private Plists() {}

    /** A dictionary of keys and values in turn; values are property lists, or what stands for one in Java. */
    public static NSDictionary dict(Object... keysAndValues) {
        NSDictionary made = new NSDictionary();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            made.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return made;
    }

    /** An array of such values. */
    public static NSArray array(List<?> values) {
        return new NSArray(values.stream().map(NSObject::fromJavaObject).toArray(NSObject[]::new));
    }

    /**
     * A number as iOS sends a negative one that it takes for unsigned: 2^64 less its amount. Known to this package's writer only: it
     * has no place in a plist that is read here.
     */
    public static NSObject unsigned(long value) {
        return value >= 0 ? new NSNumber(value) : new NSString(UNSIGNED + Long.toUnsignedString(value));
    }

    /** Its XML form. */
    public static byte[] xml(NSObject list) {
        return UNSIGNED_TEXT
                .matcher(list.toXMLPropertyList())
                .replaceAll("<integer>$1</integer>")
                .getBytes(UTF_8);
    }

    /**
     * Reads one, XML or binary.
     *
     * @throws IOException when it is none
     */
    public static NSObject parse(byte[] bytes) throws IOException {
        try {
            return PropertyListParser.parse(bytes);
        } catch (PropertyListFormatException
                | ParseException
                | ParserConfigurationException
                | SAXException
                | IllegalArgumentException e) {
            throw new IOException("no property list: " + e.getMessage(), e);
        }
    }

    /** The same, where only a dictionary will do. */
    public static NSDictionary parseDict(byte[] bytes) throws IOException {
        if (parse(bytes) instanceof NSDictionary dict) {
            return dict;
        }
        throw new IOException("a dictionary expected");
    }

    /** What stands under a key. */
    public static Optional<NSObject> value(NSDictionary dict, String key) {
        return Optional.ofNullable(dict.objectForKey(key));
    }

    /** The text under a key, where there is one. */
    public static Optional<String> text(NSDictionary dict, String key) {
        return value(dict, key).filter(NSString.class::isInstance).map(Object::toString);
    }

    /** The whole number under a key, where there is one. */
    public static OptionalLong number(NSDictionary dict, String key) {
        return value(dict, key).orElse(dict) instanceof NSNumber number
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    /** The dictionary under a key; empty where there is none. */
    public static NSDictionary dictAt(NSDictionary dict, String key) {
        return value(dict, key)
                .filter(NSDictionary.class::isInstance)
                .map(NSDictionary.class::cast)
                .orElseGet(NSDictionary::new);
    }

    /** The texts of the array under a key. */
    public static List<String> texts(NSDictionary dict, String key) {
        return value(dict, key).orElse(dict) instanceof NSArray array
                ? Arrays.stream(array.getArray()).map(Object::toString).toList()
                : List.of();
    }
}
