// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import java.nio.file.Path;

/**
 * A file that goes with a letter.
 *
 * @param fileName  as the sender named it, without folders
 * @param mediaType such as {@code image/png}
 * @param file      where its octets lie until the letter is gone
 * @param size      octets
 */
public record Enclosure(String fileName, String mediaType, Path file, long size) {}
