package io.binlogbroker.bench.delay;

/**
 * The delays of one fixed rate.
 *
 * @param rate wanted, transactions a second
 * @param reached transactions a second that MySQL took
 * @param rows from the insert to the consumer
 * @param inserts until MySQL had committed: a part of the rows' delays
 * @param kafka from the broker's sink to the consumer, at the same rate, when nothing else runs
 */
public record DelayResult(int rate, double reached, Delays rows, Delays inserts, Delays kafka) {}
