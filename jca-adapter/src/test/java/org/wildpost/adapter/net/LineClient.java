// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that speaks lines, over plain text or TLS, and trusts every certificate; a test's other end. */
public final class LineClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    LineClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Puts TLS on, of these versions alone when any is given. */
    public LineClient startTls(String... protocols) throws IOException {
        SSLSocket secured =
                (SSLSocket) trusting().getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        if (protocols.length > 0) {
            secured.setEnabledProtocols(protocols);
        }
        secured.startHandshake();
        socket = secured;
        in = new BufferedInputStream(secured.getInputStream());
        out = secured.getOutputStream();
        return this;
    }

    /** Compresses from now on, as {@code java.util.zip} does it (RFC 4978). */
    public LineClient deflate() throws IOException {
        in = new BufferedInputStream(new InflaterInputStream(socket.getInputStream(), new Inflater(true)));
        out = new DeflaterOutputStream(socket.getOutputStream(), new Deflater(9, true), true);
        return this;
    }

    /** Ends that. */
    public LineClient uncompressed() throws IOException {
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        return this;
    }

    /** The TLS of this connection. */
    public SSLSession session() {
        return ((SSLSocket) socket).getSession();
    }

    /** The certificate that the server showed. */
    public X509Certificate certificate() throws IOException {
        return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    }

    /** Such as {@code TLSv1.3}. */
    public String tlsProtocol() {
        return ((SSLSocket) socket).getSession().getProtocol();
    }

    /** Sends text as UTF-8, as it is. */
    public LineClient write(String text) throws IOException {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    public LineClient write(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
        return this;
    }

    /** Says that nothing follows. */
    public void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** One line without its CRLF; a line that ends otherwise is a failure. */
    public String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int last = -1;
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                if (last != '\r') {
                    throw new IOException("a line ended in a bare LF: " + line);
                }
                String text = line.toString(StandardCharsets.UTF_8);
                return text.substring(0, text.length() - 1);
            }
            line.write(octet);
            last = octet;
        }
        throw new EOFException("the server closed after \"" + line + "\"");
    }

    /** A reply whose last line has a space behind the code, as SMTP has it. */
    public List<String> readReply() throws IOException {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(readLine());
        } while (lines.getLast().length() > 3 && lines.getLast().charAt(3) == '-');
        return lines;
    }

    /** Sends a line and gives the last line of the reply. */
    public String ask(String line) throws IOException {
        return write(line + "\r\n").readReply().getLast();
    }

    /** Every octet up to the end of the connection. */
    public String readToEnd() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustsAll()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException("no server is tested with this");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // The tests' certificates are their own.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
