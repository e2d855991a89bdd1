// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.time.Duration;

/**
 * How much of each is done.
 *
 * @param rounds            samples of each row at most
 * @param warmUps           repeats of each row before the first sample
 * @param rowTime           how long one server may take for the samples of one row; one sample there is always
 * @param appended          messages of one sample of APPEND
 * @param appendingSessions sessions that append them
 * @param idle              connections whose memory is measured
 */
record ImapPlan(int rounds, int warmUps, Duration rowTime, int appended, int appendingSessions, int idle) {}
