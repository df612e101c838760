package io.binlogbroker.broker.config.section;

/**
 * A part of the broker's configuration whose keys are on the same level as the other parts' keys.
 */
public interface FlatPart {}
