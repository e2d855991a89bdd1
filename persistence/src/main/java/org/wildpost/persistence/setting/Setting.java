// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.setting;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A named value of the whole server. */
@Entity
@Table(name = "setting")
public class Setting {
    @Id
    @Column(name = "name")
    private String name;

    @Column(name = "value")
    private String value;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** For the persistence provider. */
    protected Setting() {}

    /** A new value. */
    public Setting(String name, String value, Instant now) {
        this.name = name;
        this.value = value;
        this.updatedAt = now;
    }

    /** Replaces the value. */
    public void replace(String newValue, Instant now) {
        value = newValue;
        updatedAt = now;
    }

    public String name() {
        return name;
    }

    public String value() {
        return value;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Setting setting && name.equals(setting.name());
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Without the value, which may be a secret. */
    @Override
    public String toString() {
        return name;
    }
}
