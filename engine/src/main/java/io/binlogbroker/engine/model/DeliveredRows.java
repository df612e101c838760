package io.binlogbroker.engine.model;

/**
 * How much of a source transaction is delivered, in a form that can be compared with the log of any
 * replica: replicas write the same rows in different events, at different offsets.
 *
 * @param gtid of the transaction
 * @param bytes of its delivered rows of all tables, as encoded in rows events
 * @param crc the CRC32 of exactly these bytes
 */
public record DeliveredRows(String gtid, long bytes, long crc) {}
