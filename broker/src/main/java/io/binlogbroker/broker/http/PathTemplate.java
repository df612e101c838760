package io.binlogbroker.broker.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path with variables, such as {@code /api/v1/groups/{group}}. It is compared with the path as
 * the client wrote it: nothing is normalized, so an unusual spelling of a path matches nothing.
 */
record PathTemplate(String template) {
  /** The variables of a path; null where it does not match. */
  @Nullable Map<String, String> match(String path) {
    List<String> expected = segments(template);
    List<String> actual = segments(path);
    if (expected.size() != actual.size()) {
      return null;
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < expected.size(); i++) {
      String name = expected.get(i);
      if (!isVariable(name) && !name.equals(actual.get(i))) {
        return null;
      }
      String value = isVariable(name) ? decoded(actual.get(i)) : "";
      if (value == null) {
        return null;
      }
      if (isVariable(name)) {
        variables.put(name.substring(1, name.length() - 1), value);
      }
    }
    return variables;
  }

  private static boolean isVariable(String segment) {
    return segment.startsWith("{");
  }

  private static List<String> segments(String path) {
    return List.of(path.split("/", -1));
  }

  /** A plus sign stands for itself in a path. */
  private static @Nullable String decoded(String segment) {
    try {
      String text = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
      return text.isEmpty() || text.chars().anyMatch(Character::isISOControl) ? null : text;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return template;
  }
}
