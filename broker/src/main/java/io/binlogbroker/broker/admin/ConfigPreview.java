package io.binlogbroker.broker.admin;

import java.util.List;

/**
 * What a new configuration would change, compared with the newest valid one. It contains no secret.
 *
 * @param added lines that describe routing rules, which would be new
 * @param removed lines that describe routing rules, which would not apply any longer
 * @param restart keys that need a restart of the brokers: until then, the whole text is refused
 * @param notes about rules that are valid, but may not be meant
 */
public record ConfigPreview(
    List<String> added, List<String> removed, List<String> restart, List<String> notes) {
  public ConfigPreview {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    restart = List.copyOf(restart);
    notes = List.copyOf(notes);
  }
}
