// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wildpost.core.listener.LoginResult;

/**
 * SCRAM-SHA-256 and SCRAM-SHA-256-PLUS, the server's side (RFC 5802 §5 and §6, RFC 7677 §3). The server's signature goes out as a last challenge;
 * the login is finished with the client's empty answer to it.
 */
final class ScramSha256Mechanism implements SaslMechanism {
    /** gs2-header client-first-message-bare; extensions after the nonce are ignored, {@code m=} is refused (RFC 5802 §5.1, §7). */
    private static final Pattern CLIENT_FIRST = Pattern.compile(
            "(?<gs2>(?:[ny]|p=(?<type>[A-Za-z0-9.-]+)),(?:a=(?<authzid>[^,]+))?,)(?<bare>n=(?<name>[^,]+),r=(?<nonce>[\\x21-\\x2b\\x2d-\\x7e]+)(?:,.*)?)");

    private static final Pattern CLIENT_FINAL = Pattern.compile(
            "(?<without>c=(?<binding>[A-Za-z0-9+/=]+),r=(?<nonce>[\\x21-\\x2b\\x2d-\\x7e]+)(?:,.*)?),p=(?<proof>[A-Za-z0-9+/=]+)");

    private static final int KEY_OCTETS = 32;
    private static final byte[] NOTHING = {};

    private sealed interface State {}

    private record Begun() implements State {}

    /**
     * @param binding what {@code c=} must be: the gs2-header, and the octets of the channel behind it
     */
    private record Challenged(String username, byte[] binding, String nonce, String authStart, ScramVerifier verifier)
            implements State {}

    private record Proved(LoginResult result) implements State {}

    private record Over() implements State {}

    private final Sasl.Accounts accounts;
    private final String serverNonce;
    private final boolean plus;
    private State state = new Begun();

    /**
     * @param plus whether the login is bound to the channel
     */
    ScramSha256Mechanism(Sasl.Accounts accounts, String serverNonce, boolean plus) {
        this.accounts = accounts;
        this.serverNonce = serverNonce;
        this.plus = plus;
    }

    @Override
    public byte[] firstChallenge() {
        return new byte[0];
    }

    @Override
    public SaslStep next(byte[] response) {
        State now = state;
        state = new Over();
        return switch (now) {
            case Begun() -> clientFirst(response);
            case Challenged challenged -> clientFinal(challenged, response);
            case Proved(LoginResult result) ->
                response.length == 0 ? new SaslStep.Finished(result) : malformed("an empty answer ends the exchange");
            case Over() -> malformed("the exchange is over");
        };
    }

    private SaslStep clientFirst(byte[] response) {
        Matcher first = CLIENT_FIRST.matcher(SaslText.utf8(response).orElse(""));
        if (!first.matches()) {
            return malformed("the client's first message is not that of SCRAM");
        }
        Optional<byte[]> channel = channel(first);
        if (channel.isEmpty()) {
            return malformed(bindingProblem(first));
        }
        Optional<String> name = saslName(first.group("name"));
        String authzid = first.group("authzid");
        if (name.isEmpty()) {
            return malformed("',' and '=' in a name are written =2C and =3D");
        }
        if (authzid != null
                && saslName(authzid)
                        .filter(one -> SaslPrep.sameName(one, name.get()))
                        .isEmpty()) {
            return malformed("acting for another account is not offered");
        }
        ScramVerifier verifier = accounts.verifier(name.get());
        String nonce = first.group("nonce") + serverNonce;
        String serverFirst = "r=" + nonce + ",s=" + Base64.getEncoder().encodeToString(verifier.salt()) + ",i="
                + verifier.iterations();
        byte[] header = first.group("gs2").getBytes(StandardCharsets.UTF_8);
        byte[] binding = Arrays.copyOf(header, header.length + channel.get().length);
        System.arraycopy(channel.get(), 0, binding, header.length, channel.get().length);
        state = new Challenged(name.get(), binding, nonce, first.group("bare") + "," + serverFirst + ",", verifier);
        return new SaslStep.Challenge(ascii(serverFirst));
    }

    /** The octets of the channel that the login is bound to, none without binding; empty when the client's wish does not fit (RFC 5802 §6). */
    private Optional<byte[]> channel(Matcher first) {
        String type = first.group("type");
        if (plus) {
            return type == null ? Optional.empty() : accounts.channelBinding().data(type);
        }
        boolean deceived =
                first.group("gs2").startsWith("y") && accounts.channelBinding().offered();
        return type != null || deceived ? Optional.empty() : Optional.of(NOTHING);
    }

    private String bindingProblem(Matcher first) {
        if (plus) {
            return first.group("type") == null
                    ? "SCRAM-SHA-256-PLUS binds to the channel"
                    : "this connection has no channel binding of this type";
        }
        return first.group("type") == null
                ? "this server offers channel binding: somebody changed what it said"
                : "channel binding needs SCRAM-SHA-256-PLUS";
    }

    private SaslStep clientFinal(Challenged challenged, byte[] response) {
        Matcher last = CLIENT_FINAL.matcher(SaslText.utf8(response).orElse(""));
        if (!last.matches()) {
            return malformed("the client's final message is not that of SCRAM");
        }
        boolean sameExchange = SaslLine.parseInitial(last.group("binding")) instanceof SaslLine.Response(byte[] bound)
                && MessageDigest.isEqual(bound, challenged.binding())
                && last.group("nonce").equals(challenged.nonce());
        if (!sameExchange) {
            return malformed("the channel binding or the nonce is not that of this exchange");
        }
        SaslLine proof = SaslLine.parseInitial(last.group("proof"));
        byte[] authMessage = (challenged.authStart() + last.group("without")).getBytes(StandardCharsets.UTF_8);
        ScramVerifier verifier = challenged.verifier();
        boolean proved = proof instanceof SaslLine.Response(byte[] octets) && proves(verifier, authMessage, octets);
        LoginResult result = accounts.scramCompleted(challenged.username(), proved);
        if (!proved || result instanceof LoginResult.Rejected) {
            return new SaslStep.Finished(result);
        }
        state = new Proved(result);
        byte[] signature = ScramVerifiers.hmac(verifier.serverKey(), authMessage);
        return new SaslStep.Challenge(ascii("v=" + Base64.getEncoder().encodeToString(signature)));
    }

    /** StoredKey == H(ClientProof XOR HMAC(StoredKey, AuthMessage)) (RFC 5802 §3). */
    private static boolean proves(ScramVerifier verifier, byte[] authMessage, byte[] proof) {
        if (proof.length != KEY_OCTETS) {
            return false;
        }
        byte[] clientKey = ScramVerifiers.hmac(verifier.storedKey(), authMessage);
        for (int i = 0; i < KEY_OCTETS; i++) {
            clientKey[i] ^= proof[i];
        }
        return MessageDigest.isEqual(ScramVerifiers.sha256(clientKey), verifier.storedKey());
    }

    /** saslname (RFC 5802 §5.1): {@code =2C} is a comma, {@code =3D} an equals sign, no other {@code =} stands. */
    private static Optional<String> saslName(String text) {
        String rest = text.replace("=2C", "").replace("=3D", "");
        return rest.indexOf('=') >= 0 || text.indexOf('\u0000') >= 0
                ? Optional.empty()
                : Optional.of(text.replace("=2C", ",").replace("=3D", "="));
    }

    private static SaslStep malformed(String reason) {
        return new SaslStep.Malformed(reason);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
