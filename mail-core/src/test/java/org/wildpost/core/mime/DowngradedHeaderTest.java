// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6858 §2: what a client without UTF-8 reads. */
class DowngradedHeaderTest {
    private static final List<String> FIELDS = List.of("From: ", "Subject: ", "Content-Type: ", "Return-Path: ");

    private static String downgraded(String header) {
        return new String(DowngradedHeader.of(header.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
    }

    @Test
    void leavesAsciiAlone() {
        byte[] header = "From: a@x\r\nSubject: hi\r\n there\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(DowngradedHeader.of(header)).isSameAs(header);
    }

    @ParameterizedTest
    @CsvSource({
        "Subject: Grüße, Subject: =?UTF-8?B?R3LDvMOfZQ==?=",
        "X-Note:  ä , X-Note: =?UTF-8?B?w6Q=?=",
        "From: Jürgen <j@x.test>, From: =?UTF-8?B?SsO8cmdlbg==?= <j@x.test>",
        "To: j@bücher.test, To: <j@xn--bcher-kva.test>",
        "To: Jü <jü@x.test>, To: =?UTF-8?B?SsO8?= <invalid@internationalized-address.invalid>",
        "Cc: jü@x.test, Cc: =?UTF-8?B?asO8QHgudGVzdA==?= <invalid@internationalized-address.invalid>",
        "Bcc: j@straße.test, Bcc: =?UTF-8?B?akBzdHJhw59lLnRlc3Q=?= <invalid@internationalized-address.invalid>",
        "Return-Path: <jü@x.test>, Return-Path: <invalid@internationalized-address.invalid>",
        "Return-Path: <j@bücher.test>, Return-Path: <j@xn--bcher-kva.test>",
        "Content-Disposition: attachment; filename=Füü, Content-Disposition: attachment"
    })
    void writesFieldsInAscii(String field, String ascii) {
        assertThat(downgraded("A: b\r\n" + field + "\r\nC: d\r\n\r\n"))
                .isEqualTo("A: b\r\n" + ascii + "\r\nC: d\r\n\r\n");
    }

    @Test
    void keepsTheOtherAddressesOfAField() {
        assertThat(downgraded("To: \"A. B\" <a@x>, Ö <o@x>,\r\n friends: c@x, \"d e\"@x;\r\n"))
                .isEqualTo("To: \"A. B\" <a@x>,\r\n =?UTF-8?B?w5Y=?= <o@x>,\r\n <c@x>,\r\n <\"d e\"@x>\r\n");
    }

    /** RFC 6858 §2.2: without its boundary nobody could read the message. */
    @Test
    void leavesOutParametersAlone() {
        assertThat(downgraded(
                        "Content-Type: multipart/mixed; name=\"ü; a=b\";\r\n boundary=\"x;y\"; c=d;e=(ä) f\r\n\r\n"))
                .isEqualTo("Content-Type: multipart/mixed;\r\n boundary=\"x;y\";\r\n c=d\r\n\r\n");
        assertThat(downgraded("Content-Type: ä/ö; a=b\r\nA: b\r\n")).isEqualTo("A: b\r\n");
    }

    @Test
    void leavesOutWhatOnlyMachinesRead() {
        assertThat(downgraded("Message-ID: <ä@x>\r\nReceived: from ä\r\n by b\r\nSubject: x\r\n\r\n"))
                .isEqualTo("Subject: x\r\n\r\n");
    }

    @Test
    void leavesOtherCharsetsAlone() {
        byte[] header = "Subject: Gr\u00fc\u00dfe\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(DowngradedHeader.of(header)).isEqualTo(header);
    }

    @Test
    void cutsLongTextsIntoWordsThatReadTheSame() {
        String subject = "日本語の件名 and \ud83d\ude00 some words ".repeat(20).strip();
        String ascii = downgraded("Subject: " + subject + "\r\n\r\n");

        assertThat(ascii.lines()).allMatch(line -> line.length() <= 85);
        String value = HeaderFields.parse(ascii.getBytes(StandardCharsets.US_ASCII))
                .first("subject")
                .orElseThrow();
        assertThat(EncodedWords.decode(value)).isEqualTo(subject);
        assertThat(EncodedWords.decode(EncodedText.of(subject))).isEqualTo(subject);
    }

    /** Whatever comes: no octet of UTF-8 stays in what was UTF-8, and nothing is thrown. */
    @Test
    void survivesHostileHeaders() {
        Random random = new Random(6858);
        String alphabet = "äö<>@\"\\,;:() \r\n\tabFrom:To=?";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(FIELDS.get(random.nextInt(FIELDS.size())));
            for (int n = random.nextInt(40); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String field = text.toString().replace("\r", "").replace("\n", "\r\n ") + "\r\n";
            assertThat(downgraded(field).chars()).as(field).allMatch(c -> c < 0x80);
        }
    }
}
