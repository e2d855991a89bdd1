// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.adapter.net.LineClient;
import org.wildpost.adapter.net.LoopbackListener;
import org.wildpost.core.listener.smtp.SmtpService;

/** SCRAM-SHA-256 in AUTH (RFC 7677 §3, RFC 4954 §4), the client's half written from the RFCs. */
@Timeout(60)
class SmtpScramTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"alice@demo.test, wildpost, 235", "alice@demo.test, wrong, 535", "nobody@demo.test, wildpost, 535"})
    void letsInWhoKnowsThePasswordAlone(String name, String password, int code)
            throws IOException, GeneralSecurityException {
        SmtpSettings settings =
                new SmtpSettings(SmtpService.SUBMISSION, "mx.demo.test", folder, false, SmtpSettings.Limits.DEFAULTS);
        DemoSmtp server = new DemoSmtp();
        try (LoopbackListener listener = LoopbackListener.implicitTls(
                        connection -> new SmtpSession(connection, server, settings, InstantSource.system()).run());
                LineClient client = listener.client().startTls()) {
            client.readReply();
            client.ask("EHLO c");
            String bare = "n=" + name + ",r=client";
            String first = decoded(client.ask("AUTH SCRAM-SHA-256 " + encoded("n,," + bare)));
            String[] parts = first.split(",");
            String withoutProof = "c=biws," + parts[0];
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(
                            password.toCharArray(),
                            Base64.getDecoder().decode(parts[1].substring(2)),
                            Integer.parseInt(parts[2].substring(2)),
                            256))
                    .getEncoded();
            byte[] clientKey = hmac(salted, "Client Key");
            String said = bare + "," + first + "," + withoutProof;
            byte[] proof = hmac(MessageDigest.getInstance("SHA-256").digest(clientKey), said);
            for (int i = 0; i < proof.length; i++) {
                proof[i] ^= clientKey[i];
            }
            String answer = client.ask(
                    encoded(withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof)));
            if (code == 235) {
                assertThat(decoded(answer))
                        .isEqualTo("v=" + Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), said)));
                answer = client.ask("");
            }
            assertThat(answer).startsWith(code + " ");
            assertThat(client.ask("MAIL FROM:<alice@demo.test>")).startsWith(code == 235 ? "250 " : "530 ");
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String reply) {
        assertThat(reply).startsWith("334 ");
        return new String(Base64.getDecoder().decode(reply.substring(4)), StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
