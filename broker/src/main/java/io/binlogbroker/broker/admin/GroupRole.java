package io.binlogbroker.broker.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part that a process plays in a group.
 *
 * @param isMaster whether it delivers the group's changes
 * @param standsBy whether another process is master, which this one watches
 * @param since when it became or ceased to be master
 * @param failure why nothing works now; null while no attempt has failed
 */
public record GroupRole(
    boolean isMaster, boolean standsBy, Instant since, @Nullable String failure) {}
