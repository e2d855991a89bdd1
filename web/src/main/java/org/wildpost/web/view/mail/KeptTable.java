// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;
import org.wildpost.core.id.AccountId;
import org.wildpost.ejb.mailbox.Vault;

/** The model of the list of messages that can be restored. */
final class KeptTable extends LazyDataModel<KeptLine> {
    private final transient Vault vault;
    private final long account;
    private List<KeptLine> shown = List.of();

    KeptTable(Vault vault, AccountId account) {
        this.vault = vault;
        this.account = account.value();
    }

    @Override
    public int count(Map<String, FilterMeta> filters) {
        return (int) Math.min(Integer.MAX_VALUE, vault.count(owner()));
    }

    @Override
    public List<KeptLine> load(int first, int pageSize, Map<String, SortMeta> sort, Map<String, FilterMeta> filters) {
        shown = vault.list(owner(), first, pageSize).stream().map(KeptLine::of).toList();
        return shown;
    }

    @Override
    public String getRowKey(KeptLine line) {
        return String.valueOf(line.id());
    }

    @Override
    public @Nullable KeptLine getRowData(String key) {
        return shown.stream()
                .filter(line -> getRowKey(line).equals(key))
                .findFirst()
                .orElse(null);
    }

    private AccountId owner() {
        return new AccountId(account);
    }
}
