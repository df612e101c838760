package io.binlogbroker.broker.alert;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong now.
 *
 * @param key the same for the same condition seen again
 * @param after how long it must last before it is an alert
 * @param quiet how long it must be over before that is reported
 */
record Condition(
    String key,
    Alert.Kind kind,
    String text,
    @Nullable String fix,
    Duration after,
    Duration quiet) {}
