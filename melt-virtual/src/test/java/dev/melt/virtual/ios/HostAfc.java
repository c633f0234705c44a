package dev.melt.virtual.ios;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A host's side of AFC, as plain as it can be. */
record HostAfc(HostConnection connection) implements AutoCloseable {
    static final int READ_ONLY = 1;
    static final int UPDATE = 2;
    static final int WRITE = 3;
    static final int WRITE_READ = 4;
    static final int APPEND = 5;

    /** What the phone answered: a status or another number, or data. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(long operation, long number, byte[] data) {
        boolean isStatus() {
            return operation == 1;
        }

        List<String> texts() {
            return List.of(new String(data, UTF_8).split("\0", -1));
        }

        String value(String key) {
            List<String> all = texts();
            return all.get(all.indexOf(key) + 1);
        }
    }

    /** Does an operation on paths. */
    Answer paths(int operation, String... paths) throws IOException {
        return ask(operation, (String.join("\0", paths) + "\0").getBytes(UTF_8), new byte[0]);
    }

    /** Does an operation on numbers. */
    Answer numbers(int operation, long... numbers) throws IOException {
        return ask(operation, words(numbers), new byte[0]);
    }

    /** Does an operation on a number and a path. */
    Answer numberAndPath(int operation, long number, String path) throws IOException {
        byte[] text = (path + "\0").getBytes(UTF_8);
        return ask(
                operation,
                ByteBuffer.allocate(8 + text.length)
                        .put(words(number))
                        .put(text)
                        .array(),
                new byte[0]);
    }

    Answer write(long handle, String text) throws IOException {
        return write(handle, text.getBytes(UTF_8));
    }

    Answer write(long handle, byte[] data) throws IOException {
        return ask(16, words(handle), data);
    }

    long open(int mode, String path) throws IOException {
        Answer answer = numberAndPath(13, mode, path);
        if (answer.operation() != 14) {
            throw new IOException("status " + answer.number());
        }
        return answer.number();
    }

    /** Writes a whole file. */
    void put(String path, String text) throws IOException {
        long handle = open(WRITE, path);
        write(handle, text);
        numbers(20, handle);
    }

    List<String> list(String path) throws IOException {
        List<String> names = new ArrayList<>(paths(3, path).texts());
        names.removeAll(List.of(".", "..", ""));
        return names;
    }

    private static byte[] words(long... numbers) {
        ByteBuffer words = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            words.putLong(number);
        }
        return words.array();
    }

    private Answer ask(int operation, byte[] arguments, byte[] data) throws IOException {
        connection
                .out()
                .write(ByteBuffer.allocate(40 + arguments.length + data.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put("CFA6LPAA".getBytes(US_ASCII))
                        .putLong(40 + arguments.length + data.length)
                        .putLong(40 + arguments.length)
                        .putLong(5)
                        .putLong(operation)
                        .put(arguments)
                        .put(data)
                        .array());
        byte[] head = new byte[40];
        DataInputStream in = new DataInputStream(connection.in());
        in.readFully(head);
        ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).position(8);
        int whole = (int) header.getLong();
        byte[] content = new byte[whole - 40];
        in.readFully(content);
        long kind = header.getLong(32);
        long number = kind == 2
                ? 0
                : ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return new Answer(kind, number, content);
    }

    @Override
    public void close() {
        connection.close();
    }
}
