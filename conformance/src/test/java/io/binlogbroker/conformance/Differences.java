package io.binlogbroker.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds where JSON documents differ, apart from known differences. One thread. */
final class Differences {
  private final List<Known> known;
  private final Set<Known> found = new HashSet<>();
  private final List<String> unknown = new ArrayList<>();

  /**
   * A known difference with its reason.
   *
   * @param path a regular expression for the path in the document, whose members are joined by dots
   * @param fits whether the two values there differ for that reason
   */
  record Known(String path, Fits fits, String reason) {}

  /** Compares our value and theirs; a value that is missing is a missing node. */
  interface Fits {
    boolean test(JsonNode ours, JsonNode theirs);
  }

  Differences(List<Known> known) {
    this.known = known;
  }

  void compare(String path, JsonNode ours, JsonNode theirs) {
    if (ours.equals(theirs) || isKnown(path, ours, theirs)) {
      return;
    }
    if (!ours.isObject() || !theirs.isObject()) {
      unknown.add(path + ": ours is " + brief(ours) + " but theirs " + brief(theirs));
      return;
    }
    Set<String> names = new TreeSet<>();
    ours.fieldNames().forEachRemaining(names::add);
    theirs.fieldNames().forEachRemaining(names::add);
    names.forEach(name -> compare(path + "." + name, ours.path(name), theirs.path(name)));
  }

  private boolean isKnown(String path, JsonNode ours, JsonNode theirs) {
    for (Known difference : known) {
      if (path.matches(difference.path()) && difference.fits().test(ours, theirs)) {
        found.add(difference);
        return true;
      }
    }
    return false;
  }

  /** The differences that are not known. */
  List<String> unknown() {
    return unknown;
  }

  /** The reasons of known differences that did not occur. */
  List<String> notFound() {
    return known.stream()
        .filter(difference -> !found.contains(difference))
        .map(Known::reason)
        .toList();
  }

  private static String brief(JsonNode node) {
    String text = node.isMissingNode() ? "missing" : node.toString();
    return text.length() <= 120 ? text : text.substring(0, 120) + "… " + text.length();
  }
}
