// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SigningProviderTest {
    private static final byte[] DATA = "what is signed".getBytes(StandardCharsets.US_ASCII);

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void signsWithTheNativeLibraryWhereThereIsOne() throws Exception {
        assertThat(SigningProvider.signature("SHA256withRSA").getProvider().getName())
                .isEqualTo("AmazonCorrettoCryptoProvider");
        assertThat(SigningProvider.keyFactory("RSA").getProvider().getName()).isEqualTo("AmazonCorrettoCryptoProvider");
    }

    @ParameterizedTest
    @EnumSource
    void theJdkFindsSignaturesTrueWhoeverMadeTheKey(DkimAlgorithm algorithm) throws Exception {
        KeyPair pair = algorithm.newKeyPair();
        PrivateKey restored = algorithm.privateKey(pair.getPrivate().getEncoded());

        assertThat(isTrue(algorithm, pair, algorithm.sign(pair.getPrivate(), DATA)))
                .isTrue();
        assertThat(isTrue(algorithm, pair, algorithm.sign(restored, DATA))).isTrue();
    }

    private static boolean isTrue(DkimAlgorithm algorithm, KeyPair pair, byte[] signature) throws Exception {
        boolean rsa = algorithm == DkimAlgorithm.RSA_SHA256;
        Signature jdk = Signature.getInstance(rsa ? "SHA256withRSA" : "Ed25519", rsa ? "SunRsaSign" : "SunEC");
        jdk.initVerify(pair.getPublic());
        jdk.update(rsa ? DATA : MessageDigest.getInstance("SHA-256").digest(DATA));
        return jdk.verify(signature);
    }
}
