package io.binlogbroker.client.run;

/**
 * A handler thread's report that it is done with a task.
 *
 * @param isHandled whether its offset may be committed
 */
record Completion(Task task, boolean isHandled) {}
