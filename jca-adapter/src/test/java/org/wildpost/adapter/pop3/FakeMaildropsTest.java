// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.pop3.MaildropContract;
import org.wildpost.core.listener.pop3.Pop3Listener;

/** The fake behind the transcripts does what the server's maildrops do. */
class FakeMaildropsTest implements MaildropContract {
    private final FakeMaildrops drops = new FakeMaildrops();

    @Override
    public Pop3Listener listener() {
        return drops;
    }

    @Override
    public AccountId owner() {
        return FakeMaildrops.ALICE;
    }

    @Override
    public void arrives(String message) {
        drops.arrives(message);
    }

    @Override
    public void expungedElsewhere(long uid) {
        drops.messages.remove(uid);
    }

    @Override
    public void leaseRunsOut() {
        drops.leaseRunsOut();
    }
}
