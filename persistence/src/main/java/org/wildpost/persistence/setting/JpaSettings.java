// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.setting;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;

/** {@link Settings} in the database. As safe for threads as its entity manager. */
public final class JpaSettings implements Settings {
    private final EntityManager entityManager;

    public JpaSettings(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @Override
    public Optional<String> find(String name) {
        return entityManager
                .createQuery("select s.value from Setting s where s.name = :name", String.class)
                .setParameter("name", name)
                .getResultList()
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Instant> changed(String name) {
        return entityManager
                .createQuery("select s.updatedAt from Setting s where s.name = :name", Instant.class)
                .setParameter("name", name)
                .getResultList()
                .stream()
                .findFirst();
    }

    @Override
    public void put(String name, String value) {
        Setting setting = entityManager.find(Setting.class, name);
        if (setting == null) {
            entityManager.persist(new Setting(name, value, Instant.now()));
        } else {
            setting.replace(value, Instant.now());
        }
        entityManager.flush();
    }

    @Override
    public String putIfAbsent(String name, String value) {
        entityManager
                .createNativeQuery(
                        "insert into setting (name, value) values (:name, :value) on conflict (name) do nothing")
                .setParameter("name", name)
                .setParameter("value", value)
                .executeUpdate();
        return find(name).orElseThrow();
    }
}
