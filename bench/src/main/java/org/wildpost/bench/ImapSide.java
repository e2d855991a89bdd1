// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One server with a full INBOX and a session that has it selected: measures each row, and looks whether the answers are right. For one thread. */
final class ImapSide implements AutoCloseable {
    private static final String SCRATCH = "Scratch";
    private static final int FILLED_AT_ONCE = 2_000;
    private static final int FILLING_SESSIONS = 8;
    private static final long LOGIN_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ImapServer server;
    private final ImapLoad load;
    private final Corpus corpus;
    private final ImapContents contents;
    private final ImapClient client;
    private final ImapPlan plan;
    private final String capabilities;
    private final long size;
    private boolean flagged;

    /** Fills INBOX and opens it. */
    ImapSide(ImapServer server, Corpus corpus, ImapPlan plan) throws IOException {
        this.server = server;
        this.corpus = corpus;
        this.plan = plan;
        this.load = new ImapLoad(server, Trusting.context());
        if (!server.fill(corpus)) {
            for (int from = 0; from < corpus.messages(); from += FILLED_AT_ONCE) {
                load.append(
                        messages(from, Math.min(from + FILLED_AT_ONCE, corpus.messages())), "INBOX", FILLING_SESSIONS);
            }
        }
        client = load.open();
        capabilities = capabilities();
        client.ask("SELECT INBOX").orThrow();
        contents = ImapContents.read(client, corpus);
        size = IntStream.range(0, corpus.messages())
                .mapToLong(i -> corpus.message(i).octets().length)
                .sum();
    }

    private String capabilities() throws IOException {
        StringBuilder all = new StringBuilder();
        client.ask("CAPABILITY", response -> all.append(text(response))).orThrow();
        return all + " ";
    }

    private List<CorpusMessage> messages(int from, int to) {
        return IntStream.range(from, to).mapToObj(corpus::message).toList();
    }

    String name() {
        return server.name();
    }

    /** Octets of all messages. */
    long size() {
        return size;
    }

    /** Looks closely, without a clock, whether the answer of a row is right. */
    Optional<String> check(ImapRow row) throws IOException {
        Optional<String> command = fetching(row);
        if (command.isEmpty()) {
            return Optional.empty();
        }
        List<String> problems = new ArrayList<>();
        int[] next = {0};
        client.ask(command.get(), response -> {
                    if (text(Arrays.copyOf(response, Math.min(30, response.length)))
                            .contains(" FETCH (")) {
                        next[0]++;
                        ImapChecks.problem(row, corpus.message(contents.at(next[0])), response)
                                .ifPresent(problems::add);
                    }
                })
                .orThrow();
        return next[0] == contents.messages() ? problems.stream().findFirst() : Optional.of(next[0] + " responses");
    }

    ImapSample measure(ImapRow row) throws IOException {
        return switch (row) {
            case APPEND -> append();
            case LOGIN -> new ImapSample.Value(ImapLoad.logins(server, contents.messages(), LOGIN_NANOS));
            case FLAGS, ENVELOPE, STRUCTURE, FIELDS, BODIES -> fetch(row);
            case SUBJECT -> search("SUBJECT " + Corpus.SUBJECT_WORD, corpus.subjectMatches());
            case TEXT -> search("TEXT " + Corpus.TEXT_WORD, corpus.textMatches());
            case SORT -> offered("SORT") ? sort() : new ImapSample.NotOffered();
            case THREAD -> offered("THREAD=REFERENCES") ? thread() : new ImapSample.NotOffered();
            case STORE -> store();
            case COPY -> copy();
            case EXPUNGE -> expunge();
            case IDLE -> new ImapSample.Value(new IdleMemory(server, load, plan.idle()).kilobytes());
        };
    }

    private boolean offered(String capability) {
        return capabilities.contains(" " + capability + " ");
    }

    private static Optional<String> fetching(ImapRow row) {
        return Optional.ofNullable(
                switch (row) {
                    case FLAGS -> "FETCH 1:* (UID FLAGS)";
                    case ENVELOPE -> "FETCH 1:* (ENVELOPE INTERNALDATE RFC822.SIZE)";
                    case STRUCTURE -> "FETCH 1:* (BODYSTRUCTURE)";
                    case FIELDS -> "FETCH 1:* (BODY.PEEK[HEADER.FIELDS (" + String.join(" ", ImapChecks.FIELDS) + ")])";
                    case BODIES -> "FETCH 1:* (BODY.PEEK[])";
                    default -> null;
                });
    }

    private ImapSample append() throws IOException {
        fresh();
        List<CorpusMessage> messages = messages(0, Math.min(plan.appended(), corpus.messages()));
        long nanos = load.append(messages, SCRATCH, plan.appendingSessions());
        String status = one("STATUS " + SCRATCH + " (MESSAGES)");
        client.ask("DELETE " + SCRATCH).orThrow();
        return status.contains("(MESSAGES " + messages.size() + ")")
                ? new ImapSample.Value(messages.size() / (nanos / 1e9))
                : new ImapSample.Wrong("not all messages are there: " + status);
    }

    private ImapSample fetch(ImapRow row) throws IOException {
        long begun = System.nanoTime();
        ImapAnswer answer = client.ask(fetching(row).orElseThrow()).orThrow();
        long nanos = System.nanoTime() - begun;
        boolean complete =
                answer.fetched() == contents.messages() && (row != ImapRow.BODIES || answer.literals() == size);
        if (!complete) {
            return new ImapSample.Wrong(answer.toString());
        }
        return row == ImapRow.BODIES ? new ImapSample.Value(size / 1e6 / (nanos / 1e9)) : millis(nanos);
    }

    private ImapSample search(String key, int wanted) throws IOException {
        boolean subject = key.startsWith("SUBJECT");
        return listed("SEARCH " + key, found -> {
            boolean right = Arrays.stream(found)
                    .allMatch(index -> subject ? Corpus.subjectMatches(index) : Corpus.textMatches(index));
            return right && found.length == wanted ? null : found.length + " messages found, not " + wanted;
        });
    }

    private ImapSample sort() throws IOException {
        int[] wanted = corpus.byDate();
        return listed(
                "SORT (DATE) UTF-8 ALL",
                found -> Arrays.equals(found, wanted) ? null : "not in the order of their dates");
    }

    private ImapSample thread() throws IOException {
        List<String> said = new ArrayList<>();
        long begun = System.nanoTime();
        client.ask("THREAD REFERENCES UTF-8 ALL", response -> said.add(text(response)))
                .orThrow();
        long nanos = System.nanoTime() - begun;
        String answer = untagged(said, "THREAD");
        int threads = 0;
        int depth = 0;
        for (int i = 0; i < answer.length(); i++) {
            threads += answer.charAt(i) == '(' && depth == 0 ? 1 : 0;
            depth += answer.charAt(i) == '(' ? 1 : answer.charAt(i) == ')' ? -1 : 0;
        }
        boolean right = threads == corpus.threads() && contents.listed(answer).length == contents.messages();
        return right ? millis(nanos) : new ImapSample.Wrong(threads + " threads, not " + corpus.threads());
    }

    /** Asks for numbers of messages. */
    private ImapSample listed(String command, java.util.function.Function<int[], @Nullable String> problem)
            throws IOException {
        List<String> said = new ArrayList<>();
        long begun = System.nanoTime();
        client.ask(command, response -> said.add(text(response))).orThrow();
        long nanos = System.nanoTime() - begun;
        String wrong = problem.apply(contents.listed(untagged(said, command.substring(0, command.indexOf(' ')))));
        return wrong == null ? millis(nanos) : new ImapSample.Wrong(wrong);
    }

    /** The one that answers; others may tell how far the server is (RFC 9585). */
    private static String untagged(List<String> said, String name) {
        return said.stream()
                .filter(response -> response.startsWith("* " + name))
                .findFirst()
                .orElse("* " + name);
    }

    private ImapSample store() throws IOException {
        String change = flagged ? "-FLAGS" : "+FLAGS";
        flagged = !flagged;
        long begun = System.nanoTime();
        ImapAnswer answer = client.ask("STORE 1:* " + change + " (\\Flagged)").orThrow();
        long nanos = System.nanoTime() - begun;
        return answer.fetched() == contents.messages() ? millis(nanos) : new ImapSample.Wrong(answer.toString());
    }

    private ImapSample copy() throws IOException {
        fresh();
        long begun = System.nanoTime();
        client.ask("COPY 1:* " + SCRATCH).orThrow();
        long nanos = System.nanoTime() - begun;
        String status = one("STATUS " + SCRATCH + " (MESSAGES)");
        boolean right = status.contains("(MESSAGES " + contents.messages() + ")");
        return right ? millis(nanos) : new ImapSample.Wrong("not all are there: " + status);
    }

    /** Of a mailbox that all were copied to. */
    private ImapSample expunge() throws IOException {
        fresh();
        client.ask("COPY 1:* " + SCRATCH).orThrow();
        client.ask("SELECT " + SCRATCH).orThrow();
        client.ask("STORE 1:* +FLAGS.SILENT (\\Deleted)").orThrow();
        long begun = System.nanoTime();
        ImapAnswer answer = client.ask("EXPUNGE").orThrow();
        long nanos = System.nanoTime() - begun;
        String status = one("STATUS " + SCRATCH + " (MESSAGES)");
        client.ask("SELECT INBOX").orThrow();
        boolean right = answer.expunged() == contents.messages() && status.contains("(MESSAGES 0)");
        return right ? millis(nanos) : new ImapSample.Wrong(answer + ", then " + status);
    }

    private void fresh() throws IOException {
        // That there is none is no error.
        client.ask("DELETE " + SCRATCH);
        client.ask("CREATE " + SCRATCH).orThrow();
    }

    private String one(String command) throws IOException {
        StringBuilder said = new StringBuilder();
        client.ask(command, response -> said.append(text(response))).orThrow();
        return said.toString();
    }

    private static ImapSample millis(long nanos) {
        return new ImapSample.Value(nanos / 1e6);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
