// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import java.util.Map;
import org.wildpost.persistence.setting.Settings;

/** Puts a {@link ServerName} together as the container does. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
public final class ServerNames {
    private ServerNames() {}

    /**
     * @param properties what the operator set
     */
    public static ServerName of(Settings stored, Map<String, String> properties) {
        ServerName name = new ServerName();
        name.settings = new ServerSettings(properties::get);
        name.stored = stored;
        return name;
    }
}
