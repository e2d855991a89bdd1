// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.message.SpooledMessage;

class DkimSignerTest {
    private static final Instant NOW = Instant.parse("2026-11-05T09:07:03Z");
    private static final DomainName DOMAIN = DomainName.parse("demo.test");
    private static final KeyPair RSA = DkimAlgorithm.RSA_SHA256.newKeyPair();
    private static final KeyPair ED25519 = DkimAlgorithm.ED25519_SHA256.newKeyPair();
    private static final DkimKey RSA_KEY = new DkimKey(DOMAIN, "r2026", DkimAlgorithm.RSA_SHA256, RSA.getPrivate());
    private static final DkimKey ED_KEY =
            new DkimKey(DOMAIN, "e2026", DkimAlgorithm.ED25519_SHA256, ED25519.getPrivate());

    private static final String LETTER = """
            From: Alice <alice@demo.test>
            To: bob@far.test,
            \t carol@far.test
            Subject:   a   folded
             subject\t
            X-Other: not signed
            Date: Thu, 5 Nov 2026 09:07:03 +0000

            A line  with   spaces \t
            .

            the end


            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                LETTER,
                "From: a@demo.test\n\n",
                "From: a@demo.test\n",
                "From: a@demo.test\nSubject:\n\nno line end",
                "From: a@demo.test\n\n\n\n\n",
                "From: a@demo.test\n\n \t \nx\n",
                "FROM : a@demo.test\nsubject: one\nSubject: two\nTo: b@c\nTo: d@e\n\nbody\n"
            })
    void isVerifiedByTheLibraryOfOthers(String text) throws Exception {
        byte[] signed = signed(text, List.of(RSA_KEY));

        List<SignatureRecord> verified = verify(signed);

        assertThat(verified).hasSize(1);
        assertThat(verified.getFirst().getDToken()).hasToString("demo.test");
        assertThat(verified.getFirst().getSelector()).hasToString("r2026");
    }

    @ParameterizedTest
    @ValueSource(strings = {"the end", "alice@demo", "folded", "2026"})
    void isBrokenByAChange(String victim) throws Exception {
        String signed = new String(signed(LETTER, List.of(RSA_KEY)), StandardCharsets.UTF_8);
        int at = signed.lastIndexOf(victim);

        byte[] changed = (signed.substring(0, at) + "Z" + signed.substring(at + 1)).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> verify(changed)).isInstanceOf(FailException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"From: mallory@evil.test\r\n", "Subject: other\r\n", "To: x@y\r\n", "Reply-To: x@y\r\n"})
    void isBrokenByAnAddedField(String added) throws Exception {
        String signed = new String(signed(LETTER, List.of(RSA_KEY)), StandardCharsets.UTF_8);

        byte[] changed =
                signed.replace("\r\nX-Other:", "\r\n" + added + "X-Other:").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> verify(changed)).isInstanceOf(FailException.class);
    }

    @Test
    void signsTheHashOfTheDataWithEd25519() throws Exception {
        String signed = new String(signed(LETTER, List.of(ED_KEY)), StandardCharsets.US_ASCII);
        String field = signed.substring(0, signed.indexOf("\r\nFrom:"));
        byte[] signature = Base64.getMimeDecoder().decode(field.substring(field.indexOf("\tb=") + 3));
        String unsigned = field.substring("DKIM-Signature:".length(), field.indexOf("\tb=") + 3);
        // RFC 6376 §3.4.2, written out for this letter: what h= names, then the field itself without CRLF.
        String data = "from:Alice <alice@demo.test>\r\nsubject:a folded subject\r\n"
                + "date:Thu, 5 Nov 2026 09:07:03 +0000\r\nto:bob@far.test, carol@far.test\r\n"
                + SignedFields.relaxed("dkim-signature", unsigned).stripTrailing();
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(ED25519.getPublic());
        verifier.update(MessageDigest.getInstance("SHA-256").digest(data.getBytes(StandardCharsets.US_ASCII)));

        assertThat(field).contains("a=ed25519-sha256; ").contains("t=1793869623;");
        assertThat(verifier.verify(signature)).isTrue();
    }

    @Test
    void keepsLinesShortAndSaysBothKeys() throws Exception {
        byte[] fields = DkimSigner.sign(message(LETTER), List.of(RSA_KEY, ED_KEY), NOW);
        String text = new String(fields, StandardCharsets.US_ASCII);

        assertThat(text.lines()).allMatch(line -> line.length() <= 78);
        assertThat(text).endsWith("\r\n").contains("s=r2026;").contains("s=e2026;");
        assertThat(text.split("DKIM-Signature:", -1)).hasSize(3);
    }

    @Test
    void refusesAHeaderWithoutAnEnd() {
        byte[] endless = new byte[SignedFields.MAX_HEADER + 10];
        Arrays.fill(endless, (byte) 'x');

        assertThatThrownBy(() -> DkimSigner.sign(SpooledMessage.of(endless), List.of(RSA_KEY), NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "-a", "a;b=c", "ä", "a..b"})
    void refusesWhatIsNoSelector(String selector) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DkimKey(DOMAIN, selector, DkimAlgorithm.RSA_SHA256, RSA.getPrivate()));
    }

    @Test
    void tellsNothingOfTheKey() {
        assertThat(RSA_KEY).hasToString("r2026._domainkey.demo.test rsa-sha256");
    }

    @Test
    void readsThePrivateKeyBack() {
        byte[] pkcs8 = ED25519.getPrivate().getEncoded();

        assertThat(DkimAlgorithm.ED25519_SHA256.privateKey(pkcs8)).isEqualTo(ED25519.getPrivate());
        assertThatIllegalArgumentException().isThrownBy(() -> DkimAlgorithm.RSA_SHA256.privateKey(pkcs8));
    }

    @Test
    void publishesARawKeyForEd25519() {
        // RFC 8463 §4.2: 32 octets, so 44 characters of base64.
        assertThat(DkimAlgorithm.ED25519_SHA256.keyRecord(ED25519.getPublic()))
                .startsWith("v=DKIM1; k=ed25519; p=")
                .hasSize("v=DKIM1; k=ed25519; p=".length() + 44);
    }

    @Test
    void isVerifiedByDkimpy(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(hasDkimpy(), "python3-dkim with python3-nacl is not installed");
        Path mail = folder.resolve("mail.eml");
        Files.write(mail, signed(LETTER, List.of(RSA_KEY, ED_KEY)));
        String script = "import sys,dkim\n"
                + "keys={b'r2026._domainkey.demo.test.':b'" + DkimAlgorithm.RSA_SHA256.keyRecord(RSA.getPublic()) + "',"
                + "b'e2026._domainkey.demo.test.':b'" + DkimAlgorithm.ED25519_SHA256.keyRecord(ED25519.getPublic())
                + "'}\nd=dkim.DKIM(open(sys.argv[1],'rb').read())\n"
                + "print([d.verify(idx=i,dnsfunc=lambda n,timeout=5:keys.get(n)) for i in (0,1)])\n";

        Process process = new ProcessBuilder("/usr/bin/python3", "-c", script, mail.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said.strip()).isEqualTo("[True, True]");
    }

    private static boolean hasDkimpy() {
        try {
            Process process = new ProcessBuilder("/usr/bin/python3", "-c", "import dkim, nacl").start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static SpooledMessage message(String text) {
        return SpooledMessage.of(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] signed(String text, List<DkimKey> keys) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(DkimSigner.sign(message(text), keys, NOW));
        out.writeBytes(message(text).open().readAllBytes());
        return out.toByteArray();
    }

    private static List<SignatureRecord> verify(byte[] message) throws Exception {
        String record = DkimAlgorithm.RSA_SHA256.keyRecord(RSA.getPublic());
        DKIMVerifier verifier = new DKIMVerifier((methods, selector, token) ->
                selector.toString().equals("r2026") && token.toString().equals("demo.test")
                        ? List.of(record)
                        : List.of());
        return verifier.verify(new ByteArrayInputStream(message));
    }
}
