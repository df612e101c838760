package io.binlogbroker.broker.ha;

/**
 * The time for which the lease of a group's master is valid, in seconds.
 *
 * @param granted from each renewal on
 * @param remaining at the moment of the observation, unless it is renewed
 */
public record LeaseTime(long granted, long remaining) {}
