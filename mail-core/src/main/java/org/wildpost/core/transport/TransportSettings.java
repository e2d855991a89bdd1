// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a client of other servers puts up with.
 *
 * @param patience    how long each stage may take, where it is not as {@link Stage#patience} says
 * @param shipment    how long all of one shipment may take, so that one octet a minute ends some day; more than any single stage
 * @param replyLine   octets of a line of a reply; the RFC allows 512 (RFC 5321 §4.5.3.1.5), some servers say more
 * @param replyLines  lines of a reply
 * @param replyOctets octets of a reply in all
 */
public record TransportSettings(
        Map<Stage, Duration> patience, Duration shipment, int replyLine, int replyLines, int replyOctets) {
    /** What a server has that nobody configured. */
    public static final TransportSettings DEFAULTS =
            new TransportSettings(Map.of(), Duration.ofMinutes(30), 2048, 128, 32 * 1024);

    public TransportSettings {
        patience = Map.copyOf(patience);
    }

    /** How long a stage may take. */
    public Duration patience(Stage stage) {
        return patience.getOrDefault(stage, stage.patience());
    }

    /** These settings with another time for a stage. */
    public TransportSettings withPatience(Stage stage, Duration time) {
        Map<Stage, Duration> changed = new EnumMap<>(Stage.class);
        changed.putAll(patience);
        changed.put(stage, time);
        return new TransportSettings(changed, shipment, replyLine, replyLines, replyOctets);
    }

    /** These settings with another time for a shipment. */
    public TransportSettings withShipment(Duration time) {
        return new TransportSettings(patience, time, replyLine, replyLines, replyOctets);
    }
}
