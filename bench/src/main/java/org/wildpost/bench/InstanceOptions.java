// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import picocli.CommandLine;

/** Which running instance is measured. */
final class InstanceOptions {
    @CommandLine.Option(names = "--offset", description = "Port offset of the instance (default: ${DEFAULT-VALUE}).")
    private int offset = 10_000;

    @CommandLine.Option(
            names = "--administrator",
            description = "Name and password that prepare the instance (default: those of the demo).")
    private String administrator = "admin@demo.test:wildpost";

    int offset() {
        return offset;
    }

    String administrator() {
        return administrator;
    }
}
