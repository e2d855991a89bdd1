// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SCRAM-SHA-256 without channel binding, the client's side (RFC 5802 §5, RFC 7677 §3). For one login and one thread. */
public final class ScramSha256Client {
    /** Rounds that a server may ask for: more would let it keep this machine busy. */
    static final int MAX_ITERATIONS = 1_000_000;

    private static final String GS2_HEADER = "n,,";

    /** server-first-message; extensions at its end are ignored, {@code m=} in front is refused (RFC 5802 §5.1, §7). */
    private static final Pattern SERVER_FIRST = Pattern.compile(
            "r=(?<nonce>[\\x21-\\x2b\\x2d-\\x7e]+),s=(?<salt>[A-Za-z0-9+/=]+),i=(?<rounds>[1-9][0-9]{0,8})(?:,.*)?");

    private static final Pattern SERVER_FINAL = Pattern.compile("v=(?<signature>[A-Za-z0-9+/=]+)(?:,.*)?");

    private final Secret password;
    private final String nonce;
    private final String bare;
    private byte @Nullable [] signature;

    /** A login with a nonce of its own. */
    public ScramSha256Client(String username, Secret password) {
        this(username, password, Sasl.nonce());
    }

    ScramSha256Client(String username, Secret password, String nonce) {
        this.password = password;
        this.nonce = nonce;
        this.bare = "n=" + username.replace("=", "=3D").replace(",", "=2C") + ",r=" + nonce;
    }

    /** client-first-message. */
    public String first() {
        return GS2_HEADER + bare;
    }

    /**
     * client-final-message, which proves the password.
     *
     * @param serverFirst server-first-message
     * @return empty when the server broke the grammar, answered another exchange, or asked for too few or too many rounds
     */
    public Optional<String> last(String serverFirst) {
        Matcher first = SERVER_FIRST.matcher(serverFirst);
        if (!first.matches() || !first.group("nonce").startsWith(nonce)) {
            return Optional.empty();
        }
        int rounds = Integer.parseInt(first.group("rounds"));
        boolean sane = rounds >= ScramVerifier.MIN_ITERATIONS && rounds <= MAX_ITERATIONS;
        if (!sane
                || !(SaslLine.parseInitial(first.group("salt")) instanceof SaslLine.Response(byte[] salt))
                || salt.length == 0) {
            return Optional.empty();
        }
        String without = "c=" + Base64.getEncoder().encodeToString(ascii(GS2_HEADER)) + ",r=" + first.group("nonce");
        byte[] authMessage = (bare + "," + serverFirst + "," + without).getBytes(StandardCharsets.UTF_8);
        byte[] salted = ScramVerifiers.salted(password, salt, rounds);
        byte[] proof = ScramVerifiers.hmac(salted, ascii("Client Key"));
        byte[] clientSignature = ScramVerifiers.hmac(ScramVerifiers.sha256(proof), authMessage);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientSignature[i];
        }
        signature = ScramVerifiers.hmac(ScramVerifiers.hmac(salted, ascii("Server Key")), authMessage);
        return Optional.of(without + ",p=" + Base64.getEncoder().encodeToString(proof));
    }

    /**
     * Whether the server knows the password, too.
     *
     * @param serverFinal server-final-message
     */
    public boolean proves(String serverFinal) {
        Matcher last = SERVER_FINAL.matcher(serverFinal);
        byte[] expected = signature;
        return expected != null
                && last.matches()
                && SaslLine.parseInitial(last.group("signature")) instanceof SaslLine.Response(byte[] given)
                && MessageDigest.isEqual(expected, given);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
