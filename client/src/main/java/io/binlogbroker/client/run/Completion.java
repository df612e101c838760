package io.binlogbroker.client.run;

/**
 * A worker's word that it has let go of a task.
 *
 * @param isHandled whether its offset may be committed
 */
record Completion(Task task, boolean isHandled) {}
