// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The part of a server that keeps to the rules and takes everything, but for what a test tells it to answer otherwise. */
public final class PoliteServer implements ScriptedServer.Part {
    /** What it took. */
    public record Delivery(String mail, List<String> recipients, byte[] content) {}

    private final String[] keywords;
    private final Map<String, String> answers = new LinkedHashMap<>();
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private @Nullable SSLContext tls;

    public PoliteServer(String... keywords) {
        this.keywords = keywords;
    }

    /** Answers commands that begin so with this instead; {@code .} stands for the end of a message. */
    public PoliteServer answering(String command, String reply) {
        answers.put(command, reply);
        return this;
    }

    public PoliteServer withTls(SSLContext context) {
        tls = context;
        return this;
    }

    public List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    @Override
    public void play(ScriptedServer.Peer client) throws IOException {
        client.say(answers.getOrDefault("greeting", "220 mx.example.org ESMTP"));
        String mail = "";
        List<String> recipients = new ArrayList<>();
        while (true) {
            String line = client.line();
            String verb = line.split("[ :]", 2)[0];
            String other = answer(line);
            if (!other.isEmpty()) {
                client.say(other);
                if (other.startsWith("421")) {
                    return;
                }
                continue;
            }
            switch (verb) {
                case "EHLO" -> offer(client);
                case "STARTTLS" -> {
                    client.say("220 go");
                    client.secure(Objects.requireNonNull(tls), false);
                }
                case "MAIL" -> {
                    mail = line;
                    recipients = new ArrayList<>();
                    client.say("250 2.1.0 sender ok");
                }
                case "RCPT" -> {
                    recipients.add(line);
                    client.say("250 2.1.5 recipient ok");
                }
                case "DATA" -> {
                    if (recipients.isEmpty()) {
                        client.say("554 5.5.1 no valid recipients");
                    } else {
                        client.say("354 go on");
                        byte[] content = client.message();
                        String end = answers.getOrDefault(".", "250 2.0.0 queued as 1");
                        if (end.startsWith("250")) {
                            deliveries.add(new Delivery(mail, recipients, content));
                        }
                        client.say(end);
                    }
                }
                case "BDAT" -> {
                    byte[] content = client.octets(Integer.parseInt(line.split(" ")[1]));
                    deliveries.add(new Delivery(mail, recipients, content));
                    client.say("250 2.0.0 queued as 1");
                }
                case "QUIT" -> {
                    client.say("221 2.0.0 bye");
                    return;
                }
                default -> client.say("250 2.0.0 ok");
            }
        }
    }

    private String answer(String line) {
        return answers.entrySet().stream()
                .filter(entry -> line.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private void offer(ScriptedServer.Peer client) throws IOException {
        List<String> lines = new ArrayList<>(List.of("mx.example.org"));
        lines.addAll(List.of(keywords));
        for (int i = 0; i < lines.size(); i++) {
            client.say("250" + (i == lines.size() - 1 ? " " : "-") + lines.get(i));
        }
    }
}
