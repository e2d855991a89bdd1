// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.wildpost.core.tls.ReloadingTls;
import org.wildpost.core.tls.SelfSignedCertificate;
import org.wildpost.core.tls.TlsFiles;

/** Runs a conversation behind a real listener on a real loopback socket. */
public final class LoopbackListener implements AutoCloseable {
    private static final ReloadingTls TLS = tls();

    private final MailListener listener;
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();

    private LoopbackListener(ListenerSettings settings, ConnectionLimits limits, Conversation conversation)
            throws IOException {
        listener = MailListener.start(settings, limits, TLS::context, connection -> {
            try {
                conversation.run(connection);
            } catch (RuntimeException | Error e) {
                faults.add(e);
                throw e;
            }
        });
    }

    /** A conversation that begins in plain text. */
    public static LoopbackListener plain(Conversation conversation) throws IOException {
        return new LoopbackListener(settings(false), new ConnectionLimits(1000, 1000), conversation);
    }

    /** A conversation that begins with TLS. */
    public static LoopbackListener implicitTls(Conversation conversation) throws IOException {
        return new LoopbackListener(settings(true), new ConnectionLimits(1000, 1000), conversation);
    }

    static LoopbackListener with(ListenerSettings settings, ConnectionLimits limits, Conversation conversation)
            throws IOException {
        return new LoopbackListener(settings, limits, conversation);
    }

    static ListenerSettings settings(boolean implicitTls) {
        return new ListenerSettings("test", "127.0.0.1", 0, implicitTls, "421 4.7.0 too many\r\n");
    }

    /** A new client, connected, without TLS. */
    public LineClient client() throws IOException {
        return new LineClient(listener.port());
    }

    public MailListener listener() {
        return listener;
    }

    /** What conversations threw that is not the client's going. */
    public List<Throwable> faults() {
        return faults;
    }

    @Override
    public void close() {
        listener.stop(Duration.ZERO);
    }

    private static ReloadingTls tls() {
        try {
            Path folder = Files.createTempDirectory("loopback");
            TlsFiles files = TlsFiles.in(folder);
            SelfSignedCertificate.ensure(files, "mail.test");
            ReloadingTls tls = new ReloadingTls(files);
            for (Path path :
                    List.of(files.key(), files.certificate(), files.key().getParent(), folder)) {
                Files.delete(path);
            }
            return tls;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
