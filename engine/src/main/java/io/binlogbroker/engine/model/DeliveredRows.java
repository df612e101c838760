package io.binlogbroker.engine.model;

/**
 * How much of a source transaction is delivered, told so that the log of any replica can be held
 * against it: replicas cut the same rows into other events, at other offsets.
 *
 * @param gtid of the transaction
 * @param bytes of its rows, as they stand in rows events, those of all tables together
 * @param crc the CRC32 of just these bytes
 */
public record DeliveredRows(String gtid, long bytes, long crc) {}
