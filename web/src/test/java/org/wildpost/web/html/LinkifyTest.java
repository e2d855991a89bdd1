// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links in plain text, and names of files in headers. */
class LinkifyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            see https://a.test/x?y=1.            | see [https://a.test/x?y=1].
            (http://a.test)                      | ([http://a.test])
            请看 https://a.test/x，谢谢           | 请看 [https://a.test/x]，谢谢
            javascript:alert(1) ftp://a.test     | javascript:alert(1) ftp://a.test
            https://a.test"><script>             | [https://a.test]"><script>
            no link                              | no link
            """)
    void findsWebAddressesAndNothingElse(String text, String pieces) {
        String found = Linkify.pieces(text).stream()
                .map(piece -> piece.isLink() ? "[" + piece.href() + "]" : piece.text())
                .collect(Collectors.joining());

        assertThat(found).isEqualTo(pieces);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            report.pdf       | attachment; filename="report.pdf"; filename*=UTF-8''report.pdf
            a"b;c.txt        | attachment; filename="a_b_c.txt"; filename*=UTF-8''a%22b%3Bc.txt
            报告 1.pdf        | attachment; filename="__ 1.pdf"; filename*=UTF-8''%E6%8A%A5%E5%91%8A%201.pdf
            """)
    /* RFC 6266 §5 */
    void namesFilesSoThatNoHeaderBreaks(String name, String header) {
        assertThat(ContentDisposition.attachment(name)).isEqualTo(header);
        assertThat(ContentDisposition.attachment(name + "\r\nX: y"))
                .doesNotContain("\r")
                .doesNotContain("\n");
    }
}
