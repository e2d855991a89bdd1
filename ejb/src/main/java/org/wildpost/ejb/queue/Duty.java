// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** Tells whether the server takes requests: the container lets nobody call this bean before the server is up and after it was suspended. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Duty {
    /** True, for who gets here. */
    public boolean on() {
        return true;
    }
}
