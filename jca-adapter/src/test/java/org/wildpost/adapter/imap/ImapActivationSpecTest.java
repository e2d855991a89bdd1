// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.InvalidPropertyException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The defaults of RFC 9051 §11.1 and RFC 8314, and what is refused at activation. */
class ImapActivationSpecTest {
    private final ImapActivationSpec spec = new ImapActivationSpec();

    @Test
    void listensWhereImapListens() throws IOException {
        assertThat(spec.getPlainPort()).isEqualTo(143);
        assertThat(spec.getTlsPort()).isEqualTo(993);
        assertThat(spec.settings().limits()).isEqualTo(ImapLimits.DEFAULTS);
        assertThat(spec.settings().allowPlaintextLogin()).isFalse();
        assertThatCode(spec::validate).doesNotThrowAnyException();
    }

    @Test
    void spoolsBelowTheDataFolder(@TempDir Path folder) throws IOException {
        spec.setDataFolder(folder.toString());
        assertThat(spec.settings().spoolDirectory())
                .isEqualTo(folder.resolve("spool"))
                .isDirectory();
    }

    @Test
    void refusesWhatCannotBeServed() {
        spec.setPortOffset(65_000);
        assertThatThrownBy(spec::validate)
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining("tlsPort");
        spec.setPortOffset(0);
        spec.setPlainPort(0);
        spec.setTlsPort(0);
        assertThatThrownBy(spec::validate).isInstanceOf(InvalidPropertyException.class);
    }
}
