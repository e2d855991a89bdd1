// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.message.Spool;
import org.wildpost.core.message.SpooledMessage;

class HeaderRewriteTest {
    @ParameterizedTest
    @CsvSource({
        "'A: 1|Bcc: x|B: 2||body|', 'A: 1|B: 2||body|'",
        "'Bcc: x,|\ty|  z|B: 2||bcc: body|', 'B: 2||bcc: body|'",
        "'BCC : x||', '|'",
        "'bcc:||', '|'",
        "'A: 1|bCc: x', 'A: 1|'",
        "'Bcc: x|', ''",
        "'Xbcc: 1|bccx: 2||', 'Xbcc: 1|bccx: 2||'",
        "'A: 1| Bcc: folded||', 'A: 1| Bcc: folded||'",
        "'|Bcc: body|', '|Bcc: body|'",
        "'', ''"
    })
    void takesOutBlindCopiesAndNothingElse(String before, String after) throws IOException {
        HeaderRewrite rewrite = new HeaderRewrite(Set.of("bcc"), new byte[0]);

        assertThat(apply(rewrite, crlf(before))).isEqualTo(crlf(after));
        assertThat(rewrite.removesFrom(message(crlf(before)))).isEqualTo(!before.equals(after));
    }

    @ParameterizedTest
    @CsvSource({"'A: 1||body|'", "'|'", "''"})
    void putsFieldsInFront(String before) throws IOException {
        HeaderRewrite rewrite = new HeaderRewrite(Set.of(), "X: y\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(apply(rewrite, crlf(before))).isEqualTo("X: y\r\n" + crlf(before));
    }

    @Property(tries = 500)
    void leavesEveryOtherOctetAsItIs(@ForAll byte[] octets) throws IOException {
        String text = new String(octets, StandardCharsets.ISO_8859_1);

        assertThat(apply(new HeaderRewrite(Set.of("no-such-field"), new byte[0]), text))
                .isEqualTo(text);
    }

    private static String apply(HeaderRewrite rewrite, String text) throws IOException {
        try (Spool spool = new Spool(Path.of("."), Spool.DEFAULT_MEMORY_THRESHOLD);
                SpooledMessage made = rewrite.apply(message(text), spool)) {
            return new String(made.open().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static SpooledMessage message(String text) {
        return SpooledMessage.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String crlf(String text) {
        return text.replace("|", "\r\n");
    }
}
