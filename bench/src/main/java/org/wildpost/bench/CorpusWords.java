// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.util.Random;

/**
 * Words of a business letter, by chance.
 *
 * @param random decides
 */
record CorpusWords(Random random) {
    private static final String[] WORDS =
            ("about account agreed annual answer before budget building calendar change client closed colleague "
                            + "committee contract customer deadline decision delivery department document draft early engine estimate evening "
                            + "export factory figures final forward garden general harbour history invoice journey keeping kitchen language "
                            + "latest ledger letter library machine manager market meeting member minutes morning museum network number office "
                            + "opening order paper partner payment people picture planning printer problem process product project proposal "
                            + "quarter question reason receipt record region report request result return review schedule season section service "
                            + "shipping signed station street summary supplier system table teacher thanks ticket together travel update "
                            + "village visit waiting weather website window winter without working writing yearly yesterday")
                    .split(" ");
    private static final String[] NAMES = {
        "ada", "bela", "carla", "dora", "emil", "frida", "gustav", "hanna", "ivo", "jana", "karl", "lena", "mira",
        "nils", "olga", "paul", "rosa", "sven", "tilda", "uwe", "vera", "willi", "yara", "zoe"
    };

    /** Some words with spaces between them. */
    String some(int count) {
        StringBuilder text = new StringBuilder(count * 9);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    static String name(int number) {
        return NAMES[number % NAMES.length];
    }
}
