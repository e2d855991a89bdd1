// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.AccountId;

/** What every {@link ImapListener} knows of quotas (RFC 9208); that octets are counted is in the other contracts. */
public interface QuotaContract extends ImapContract {
    QuotaLimits TWO_MESSAGES = new QuotaLimits(OptionalLong.empty(), OptionalLong.of(2));

    @Test
    default void tellsWhatAnAccountHasAndMayHave() {
        assertThat(quota()).isEqualTo(new Quota(quota().root(), QuotaAmount.NONE, QuotaLimits.NONE));
        appended(SEEN);
        appended(ARCHIVE, SEEN);
        QuotaLimits limits = new QuotaLimits(OptionalLong.of(10_000), OptionalLong.of(5));
        quotaIs(limits);

        assertThat(quota().used()).isEqualTo(new QuotaAmount(2L * TEXT.length(), 2));
        assertThat(quota().limits()).isEqualTo(limits);
        assertThat(listener().quota(owner(), quota().root())).isEqualTo(new QuotaResult.Told(quota()));
    }

    @Test
    default void takesAsManyMessagesAsAnAccountMayHave() {
        quotaIs(TWO_MESSAGES);
        appended(SEEN);
        appended(ARCHIVE, SEEN);

        assertThat(append(INBOX, TEXT, SEEN)).isEqualTo(new AppendResult.OverQuota());
        assertThat(listener().copy(ref(INBOX), new long[] {1}, ARCHIVE)).isEqualTo(new CopyResult.OverQuota());
        assertThat(listener().move(ref(INBOX), new long[] {1}, ARCHIVE)).isInstanceOf(CopyResult.Copied.class);
        assertThat(quota().used().messages()).isEqualTo(2);
    }

    /** What was deleted makes room at once. */
    @Test
    default void anExpungeMakesRoom() {
        quotaIs(TWO_MESSAGES);
        appended(DELETED);
        appended(SEEN);
        assertThat(append(INBOX, TEXT, SEEN)).isEqualTo(new AppendResult.OverQuota());

        listener().expunge(ref(INBOX), java.util.Optional.empty());

        assertThat(append(INBOX, TEXT, SEEN)).isInstanceOf(AppendResult.Appended.class);
        assertThat(append(INBOX, TEXT, SEEN)).isEqualTo(new AppendResult.OverQuota());
    }

    @Test
    default void saysWhetherThereIsMoreThanAllowed() {
        appended(SEEN);
        appended(SEEN);
        assertThat(listener().hasRoom(owner(), QuotaAmount.NONE)).isTrue();

        quotaIs(TWO_MESSAGES);
        assertThat(listener().hasRoom(owner(), QuotaAmount.NONE)).isTrue();
        quotaIs(new QuotaLimits(OptionalLong.empty(), OptionalLong.of(1)));
        assertThat(listener().hasRoom(owner(), QuotaAmount.NONE)).isFalse();
    }

    @Test
    default void saysWhetherThereIsRoomAndTakesNothingForIt() {
        quotaIs(new QuotaLimits(OptionalLong.of(2L * TEXT.length()), OptionalLong.empty()));
        QuotaAmount one = QuotaAmount.message(TEXT.length());

        for (int i = 0; i < 3; i++) {
            assertThat(listener().hasRoom(owner(), one)).isTrue();
        }
        appended(SEEN);
        assertThat(listener().hasRoom(owner(), one)).isTrue();
        assertThat(listener().hasRoom(owner(), QuotaAmount.message(TEXT.length() + 1L)))
                .isFalse();
    }

    /** RFC 9208 §8: others' use is confidential, and so is whether there are such others. */
    @Test
    default void tellsAnOwnerNothingOfOthersAndLetsThemSetNothing() {
        AccountId stranger = stranger();
        String others = quota(stranger).root();

        assertThat(listener().quota(owner(), others)).isEqualTo(new QuotaResult.NotPermitted());
        assertThat(listener().quota(owner(), "#user/nobody@nowhere.test")).isEqualTo(new QuotaResult.NotPermitted());
        assertThat(listener().quota(owner(), "x")).isEqualTo(new QuotaResult.NotPermitted());
        assertThat(listener().setQuota(owner(), quota().root(), QuotaLimits.NONE))
                .isEqualTo(new QuotaResult.NotPermitted());
        assertThat(quota().limits()).isEqualTo(QuotaLimits.NONE);
    }

    @Test
    default void letsAnAdministratorSetQuotas() {
        ownerAdministers();

        assertThat(listener().setQuota(owner(), quota().root(), TWO_MESSAGES))
                .isEqualTo(new QuotaResult.Told(new Quota(quota().root(), QuotaAmount.NONE, TWO_MESSAGES)));
        assertThat(quota().limits()).isEqualTo(TWO_MESSAGES);
        assertThat(listener().setQuota(owner(), "x", TWO_MESSAGES)).isEqualTo(new QuotaResult.NoSuchRoot());
        assertThat(listener().quota(owner(), "#user/nobody@nowhere.test")).isEqualTo(new QuotaResult.NoSuchRoot());
    }

    private Quota quota() {
        return quota(owner());
    }

    private Quota quota(AccountId account) {
        return ((QuotaResult.Told) listener().quotaRoot(account, INBOX)).quota();
    }
}
