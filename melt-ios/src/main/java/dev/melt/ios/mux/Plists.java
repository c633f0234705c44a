package dev.melt.ios.mux;

import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSObject;
import com.dd.plist.NSString;
import com.dd.plist.PropertyListFormatException;
import com.dd.plist.PropertyListParser;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Optional;
import java.util.OptionalLong;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.SAXException;

/** Property lists on a wire: behind a length of four bytes to lockdown and its services, behind a head of sixteen to usbmuxd. */
final class Plists {
    /** The longest answer that is taken, of all apps of a phone with everything about them. */
    private static final int LONGEST = 64 << 20;

    private static final int MUX_HEAD = 16;
    private static final int MUX_VERSION = 1;
    private static final int MUX_PLIST = 8;

    private Plists() {}

    /** Sends one to lockdown or one of its services. */
    static void send(OutputStream out, NSObject message) throws IOException {
        byte[] body = message.toXMLPropertyList().getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(4 + body.length)
                .putInt(body.length)
                .put(body)
                .array());
        out.flush();
    }

    /** What lockdown or one of its services answers. */
    static NSDictionary receive(InputStream in) throws IOException {
        return parse(bytes(in, new DataInputStream(in).readInt()));
    }

    /** Sends one to usbmuxd. */
    static void sendMux(OutputStream out, NSDictionary message, int tag) throws IOException {
        byte[] body = message.toXMLPropertyList().getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(MUX_HEAD + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MUX_HEAD + body.length)
                .putInt(MUX_VERSION)
                .putInt(MUX_PLIST)
                .putInt(tag)
                .put(body)
                .array());
        out.flush();
    }

    /** What usbmuxd answers. */
    static NSDictionary receiveMux(InputStream in) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(bytes(in, MUX_HEAD)).order(ByteOrder.LITTLE_ENDIAN);
        return parse(bytes(in, head.getInt() - MUX_HEAD));
    }

    private static byte[] bytes(InputStream in, int length) throws IOException {
        if (length < 0 || length > LONGEST) {
            throw new IOException("a property list of " + length + " bytes was announced");
        }
        byte[] body = new byte[length];
        new DataInputStream(in).readFully(body);
        return body;
    }

    private static NSDictionary parse(byte[] body) throws IOException {
        try {
            if (PropertyListParser.parse(body) instanceof NSDictionary dictionary) {
                return dictionary;
            }
            throw new IOException("a property list without keys came");
        } catch (PropertyListFormatException
                | ParseException
                | ParserConfigurationException
                | SAXException
                | RuntimeException damaged) {
            throw new IOException("a property list that cannot be read came", damaged);
        }
    }

    static Optional<String> text(NSDictionary dictionary, String key) {
        return dictionary.get(key) instanceof NSString text ? Optional.of(text.getContent()) : Optional.empty();
    }

    static OptionalLong number(NSDictionary dictionary, String key) {
        return dictionary.get(key) instanceof NSNumber number && !number.isBoolean()
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    static boolean flag(NSDictionary dictionary, String key) {
        return dictionary.get(key) instanceof NSNumber number && number.isBoolean() && number.boolValue();
    }

    static Optional<byte[]> data(NSDictionary dictionary, String key) {
        return dictionary.get(key) instanceof NSData data ? Optional.of(data.bytes()) : Optional.empty();
    }
}
