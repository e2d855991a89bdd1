// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A talk written down. {@code C:} is a line of the client; lines of the client that follow each other go out together. {@code R:} is text of the client without
 * a line end of its own, in which {@code \r}, {@code \n} and {@code \0} stand for the octets. {@code S:} is a line of the server, in which {@code *} stands for
 * anything; {@code M:} is the last line of a reply of many. {@code T:} puts TLS on, {@code X:} wants the server to close, {@code @ words} say what the test needs, {@code #} is a comment.
 */
public record Transcript(String name, List<String> needs, List<String> steps) {
    /** Reads a file beside the tests' resources. */
    public static Transcript read(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(Transcript.class.getResourceAsStream(resource), resource)) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<String> needs = lines.stream()
                    .filter(line -> line.startsWith("@ "))
                    .flatMap(line -> Stream.of(line.substring(2).split(" ")))
                    .toList();
            List<String> steps = lines.stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("@"))
                    .toList();
            return new Transcript(resource, needs, steps);
        }
    }

    /** Plays the client's part and checks the server's. */
    public void play(LineClient client) throws IOException {
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            String step = steps.get(i);
            String text = step.length() > 3 ? step.substring(3) : "";
            switch (step.charAt(0)) {
                case 'C' -> said.append(text).append("\r\n");
                case 'R' ->
                    said.append(text.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0"));
                case 'S', 'M' -> {
                    send(client, said);
                    String line = step.charAt(0) == 'S'
                            ? client.readLine()
                            : client.readReply().getLast();
                    assertThat(pattern(text).matcher(line).matches())
                            .as("%s, step %d: expected <%s> but the server said <%s>", name, i + 1, text, line)
                            .isTrue();
                }
                case 'T' -> client.startTls();
                case 'X' -> {
                    send(client, said);
                    assertThat(client.readToEnd())
                            .as("%s, step %d: behind the last line", name, i + 1)
                            .isEmpty();
                }
                default -> throw new IllegalArgumentException(name + ": " + step);
            }
        }
        send(client, said);
    }

    private static void send(LineClient client, StringBuilder said) throws IOException {
        if (!said.isEmpty()) {
            client.write(said.toString());
            said.setLength(0);
        }
    }

    private static Pattern pattern(String text) {
        StringBuilder pattern = new StringBuilder();
        for (String part : text.split("\\*", -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString());
    }
}
