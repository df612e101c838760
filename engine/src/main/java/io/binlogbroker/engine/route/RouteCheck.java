package io.binlogbroker.engine.route;

import io.binlogbroker.engine.model.Faults;
import java.util.ArrayList;
import java.util.List;

/** Checks compiled rules for invalid topics, conflicting rules and rules without effect. */
final class RouteCheck {
  private final BlackList blackList;
  private final boolean syncAll;
  private final TopicNames topics;
  private final Faults faults;
  private final List<String> notes = new ArrayList<>();

  RouteCheck(BlackList blackList, boolean syncAll, TopicNames topics, Faults faults) {
    this.blackList = blackList;
    this.syncAll = syncAll;
    this.topics = topics;
    this.faults = faults;
  }

  void check(List<SchemaRules> sources) {
    for (int i = 0; i < sources.size(); i++) {
      SchemaRules source = sources.get(i);
      String path = "Sources[" + i + "]";
      if (blackList.isSystem(source.schema().toString())) {
        notes.add(path + ": " + source.schema() + " is a system schema and never delivered");
        continue;
      }
      if (source.isWhole()) {
        checkWhole(source.schema(), path);
      }
      for (int j = 0; j < source.tables().size(); j++) {
        checkRule(source.schema(), source.tables().get(j), tablePath(i, j));
        findConflict(sources, i, j);
      }
    }
  }

  /** Notes for the user that are not faults. */
  List<String> notes() {
    return notes;
  }

  private void checkWhole(NamePattern schema, String path) {
    if (!syncAll) {
      notes.add(
          path
              + ": %s has no Tables and SyncAll is false, so none of its tables is delivered"
                  .formatted(schema));
      return;
    }
    checkRule(schema, TableRoute.DEFAULT, path);
  }

  private void checkRule(NamePattern schema, TableRoute rule, String path) {
    if (blackList.excludes(schema, rule.table())) {
      notes.add(path + ": excluded by BlackList");
      return;
    }
    try {
      topics.nameIfKnown(rule.topic(), schema, rule.table());
    } catch (TopicNameException e) {
      faults.add(path, String.valueOf(e.getMessage()));
    }
  }

  /** An earlier rule for the same name would silently take precedence. */
  private void findConflict(List<SchemaRules> sources, int source, int table) {
    SchemaRules current = sources.get(source);
    TableRoute rule = current.tables().get(table);
    for (int i = 0; i <= source; i++) {
      SchemaRules other = sources.get(i);
      int end = i == source ? table : other.tables().size();
      for (int j = 0; j < end && other.schema().sameText(current.schema()); j++) {
        TableRoute conflict = other.tables().get(j);
        faults.require(
            !conflict.table().sameText(rule.table()) || conflict.sameTarget(rule),
            tablePath(source, table) + ".Table",
            "%s.%s has another rule at %s; keep one of them"
                .formatted(current.schema(), rule.table(), tablePath(i, j)));
      }
    }
  }

  private static String tablePath(int source, int table) {
    return "Sources[" + source + "].Tables[" + table + "]";
  }
}
