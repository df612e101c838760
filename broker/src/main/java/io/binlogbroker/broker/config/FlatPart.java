package io.binlogbroker.broker.config;

/** A part of the broker's configuration whose keys stand beside those of the other parts. */
public interface FlatPart {}
