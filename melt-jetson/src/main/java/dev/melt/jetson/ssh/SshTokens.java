package dev.melt.jetson.ssh;

import java.nio.file.Path;

/** What stands for something else in the file names of a configuration: {@code ~} and the tokens of ssh_config(5). */
record SshTokens(Path home, String hostName, int port, String user) {
    Path path(String text) {
        String plain = text.startsWith("\"") && text.endsWith("\"") && text.length() > 1
                ? text.substring(1, text.length() - 1)
                : text;
        String there = plain.equals("~") || plain.startsWith("~/") ? home + plain.substring(1) : plain;
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < there.length(); i++) {
            char c = there.charAt(i);
            if (c != '%' || i + 1 == there.length()) {
                out.append(c);
            } else {
                out.append(token(there.charAt(++i)));
            }
        }
        Path path = Path.of(out.toString());
        return path.isAbsolute() ? path : home.resolve(path);
    }

    private String token(char letter) {
        return switch (letter) {
            case '%' -> "%";
            case 'd' -> home.toString();
            case 'h' -> hostName;
            case 'p' -> Integer.toString(port);
            case 'r' -> user;
            case 'u' -> System.getProperty("user.name");
            default -> "%" + letter;
        };
    }
}
