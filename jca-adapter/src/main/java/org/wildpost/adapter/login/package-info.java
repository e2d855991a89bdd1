// SPDX-License-Identifier: Apache-2.0
/** What sessions of all protocols do with the beans at their begin and at a login. Must not know any protocol. RFC 4422, RFC 7628. */
@NullMarked
package org.wildpost.adapter.login;

import org.jspecify.annotations.NullMarked;
