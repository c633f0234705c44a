package dev.melt.virtual.adb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a command. In the second version of the protocol each piece has a head of five bytes that tells stdout, stderr and exit code
 * apart; in the first one both streams are mixed and the exit code is lost.
 */
final class ShellService implements AdbService {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int EXIT = 3;
    private static final int CLOSE_STDIN = 4;
    private static final int HEAD = 5;

    /** Longer input than this is a part of a file, not something typed. */
    private static final int LONG_INPUT = 1 << 14;

    /** How a host gets what a command says. */
    enum Form {
        /** In pieces that say what they are. */
        FRAMED,
        /** As it is. */
        RAW,
        /** As a terminal shows it: each line feed becomes carriage return and line feed. */
        TERMINAL
    }

    private final List<String> command;
    private final Form form;
    private final boolean framed;
    private final AdbFaults faults;

    /** A command that is to be started on this machine as it stands. */
    ShellService(List<String> command, Form form, AdbFaults faults) {
        this.faults = faults;
        this.command = List.copyOf(command);
        this.form = form;
        this.framed = form == Form.FRAMED;
    }

    @Override
    public void serve(AdbStream stream) throws IOException {
        Process process =
                new ProcessBuilder(command).redirectErrorStream(!framed).start();
        Thread input = background("stdin", () -> feed(stream, process));
        Thread errors = background("stderr", () -> {
            if (framed) {
                copy(process.getErrorStream(), stream, STDERR);
            }
        });
        try {
            copy(process.getInputStream(), stream, STDOUT);
            errors.join();
            int code = process.waitFor();
            if (framed) {
                stream.write(frame(EXIT, new byte[] {(byte) code}, 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
            input.interrupt();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread background(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // the peer or the process has gone; the other direction sees it too
                    }
                },
                "adbd shell " + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void feed(AdbStream stream, Process process) throws IOException {
        try (OutputStream stdin = process.getOutputStream()) {
            while (true) {
                byte[] data = framed ? nextInput(stream) : stream.read();
                if (data.length == 0) {
                    return;
                }
                if (data.length >= LONG_INPUT && faults.takesCorruption()) {
                    data[data.length / 2] ^= 1;
                }
                stdin.write(data);
                stdin.flush();
            }
        }
    }

    /** Empty when the host has closed the input. */
    private static byte[] nextInput(AdbStream stream) throws IOException {
        while (true) {
            ByteBuffer head = ByteBuffer.wrap(stream.read(HEAD)).order(ByteOrder.LITTLE_ENDIAN);
            int kind = head.get();
            byte[] data = stream.read(head.getInt());
            if (kind == CLOSE_STDIN) {
                return new byte[0];
            }
            if (kind == STDIN && data.length > 0) {
                return data;
            }
        }
    }

    private void copy(InputStream from, AdbStream stream, int kind) throws IOException {
        byte[] buffer = new byte[1 << 15];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            byte[] piece = switch (form) {
                case FRAMED -> frame(kind, buffer, n);
                case RAW -> Arrays.copyOf(buffer, n);
                case TERMINAL -> shown(buffer, n);
            };
            synchronized (this) {
                stream.write(piece);
            }
        }
    }

    private static byte[] shown(byte[] data, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + length / 16);
        for (int i = 0; i < length; i++) {
            if (data[i] == '\n') {
                out.write('\r');
            }
            out.write(data[i]);
        }
        return out.toByteArray();
    }

    private static byte[] frame(int kind, byte[] data, int length) {
        return ByteBuffer.allocate(HEAD + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) kind)
                .putInt(length)
                .put(data, 0, length)
                .array();
    }
}
