package io.binlogbroker.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where two JSON documents differ, and which of that was known before. One thread. */
final class Differences {
  private final List<Known> known;
  private final Set<Known> met = new HashSet<>();
  private final List<String> unknown = new ArrayList<>();

  /**
   * A difference with its reason.
   *
   * @param path to the place in the document, as a regular expression; members are joined by dots
   * @param fits whether ours and theirs differ for that reason there
   */
  record Known(String path, Fits fits, String reason) {}

  /** Looks at our value and at theirs; a missing one is a missing node. */
  interface Fits {
    boolean test(JsonNode ours, JsonNode theirs);
  }

  Differences(List<Known> known) {
    this.known = known;
  }

  void compare(String path, JsonNode ours, JsonNode theirs) {
    if (ours.equals(theirs) || explained(path, ours, theirs)) {
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

  private boolean explained(String path, JsonNode ours, JsonNode theirs) {
    for (Known difference : known) {
      if (path.matches(difference.path()) && difference.fits().test(ours, theirs)) {
        met.add(difference);
        return true;
      }
    }
    return false;
  }

  /** What nobody has explained. */
  List<String> unknown() {
    return unknown;
  }

  /** Reasons that no longer hold, since nothing differed by them. */
  List<String> notMet() {
    return known.stream()
        .filter(difference -> !met.contains(difference))
        .map(Known::reason)
        .toList();
  }

  private static String brief(JsonNode node) {
    String text = node.isMissingNode() ? "missing" : node.toString();
    return text.length() <= 120 ? text : text.substring(0, 120) + "… " + text.length();
  }
}
