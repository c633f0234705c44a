package dev.melt.ios.mux;

import dev.melt.core.device.DeviceException.ProtocolViolation;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Questions and answers of Apple's file service: a head of forty bytes, all numbers with the least byte first, arguments, and bytes of
 * files behind them. Used by one thread.
 */
final class AfcWire {
    static final int STATUS = 1;
    static final int DATA = 2;
    static final int OPENED = 14;

    private static final byte[] MAGIC = "CFA6LPAA".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = 40;
    private static final int LONGEST = 8 << 20;
    private static final byte[] NOTHING = {};

    private final MuxSocket socket;
    private final Duration answer;
    private long packet;

    /**
     * Over a stream to the service.
     *
     * @param answer how long the phone may take for one question
     */
    AfcWire(MuxSocket socket, Duration answer) {
        this.socket = socket;
        this.answer = answer;
    }

    /** What came back: its kind and everything behind the head. */
    private static final class Answer {
        private final long operation;
        private final byte[] body;

        Answer(long operation, byte[] body) {
            this.operation = operation;
            this.body = body;
        }
    }

    /**
     * Asks, and waits for the kind of answer that the question has.
     *
     * @param what is done, for messages
     * @return the body of the answer; empty where a status says that it is done
     * @throws AfcException when the phone says no
     */
    byte[] ask(String what, int operation, byte[] arguments, byte[] bytes, int length, int wanted) {
        Answer came = socket.talk(what, answer, (in, out) -> {
            send(out, operation, arguments, bytes, length);
            return receive(in);
        });
        if (came.operation == STATUS && came.body.length >= Long.BYTES) {
            long status = little(came.body).getLong();
            if (status != 0) {
                throw new AfcException("[" + socket.label() + "] " + what, status);
            }
            if (wanted == STATUS || wanted == DATA) {
                return NOTHING;
            }
        } else if (came.operation == wanted) {
            return came.body;
        }
        throw new ProtocolViolation(
                "[" + socket.label() + "] " + what + ": an answer of kind " + came.operation + " came", null);
    }

    byte[] ask(String what, int operation, byte[] arguments, int wanted) {
        return ask(what, operation, arguments, NOTHING, 0, wanted);
    }

    private void send(OutputStream out, int operation, byte[] arguments, byte[] bytes, int length) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD + arguments.length).order(ByteOrder.LITTLE_ENDIAN);
        head.put(MAGIC)
                .putLong(HEAD + arguments.length + (long) length)
                .putLong(HEAD + arguments.length)
                .putLong(packet++)
                .putLong(operation)
                .put(arguments);
        out.write(head.array());
        if (length > 0) {
            out.write(bytes, 0, length);
        }
        out.flush();
    }

    private static Answer receive(InputStream in) throws IOException {
        byte[] head = new byte[HEAD];
        new DataInputStream(in).readFully(head);
        ByteBuffer numbers = little(head);
        byte[] magic = new byte[MAGIC.length];
        numbers.get(magic);
        long whole = numbers.getLong();
        if (!Arrays.equals(magic, MAGIC) || whole < HEAD || whole > LONGEST) {
            throw new IOException("what came is no answer of the file service");
        }
        numbers.position(HEAD - Long.BYTES);
        long operation = numbers.getLong();
        byte[] body = new byte[(int) whole - HEAD];
        new DataInputStream(in).readFully(body);
        return new Answer(operation, body);
    }

    static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A path as an argument: with a zero at its end. */
    static byte[] path(String path) {
        return (path + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
