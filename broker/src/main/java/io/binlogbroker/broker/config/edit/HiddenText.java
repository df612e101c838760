package io.binlogbroker.broker.config.edit;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.text.JsonSpan;
import io.binlogbroker.broker.config.text.JsonTree;
import io.binlogbroker.broker.config.text.KnownKeys;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.model.Faults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces each {@code ***} in a configuration's text by what it stands for in the stored text: the
 * value at the same path, or the comment of the same lines. A secret that is sent to a server is
 * kept only for the same servers. Used by one thread.
 */
public final class HiddenText {
  /** A key that {@link MaskedText} does not show. */
  private static final String HIDDEN_KEY = "?";

  private static final String SHOWN_PASSWORD = ":" + MaskedText.MASK + MaskedText.SERVER;

  /** A replacement of a part of the text. */
  record Edit(int start, int end, String text) {}

  private final String text;
  private final Map<String, Stored> stored;
  private final Map<String, Stored> given;
  private final Faults faults = new Faults();
  private final List<Edit> edits = new ArrayList<>();

  /**
   * A value without children.
   *
   * @param path as {@link MaskedText} uses it, without list indexes
   * @param written null for several values with the same name
   */
  private record Stored(String path, @Nullable String written) {}

  private HiddenText(String text, String stored) {
    this.text = text;
    this.stored = values(stored);
    this.given = values(text);
  }

  /**
   * The text with all that is hidden in it; the same text if nothing is.
   *
   * @param text made from what {@link MaskedText} shows of the stored text
   * @throws ConfigException when a text is not JSON, or nothing is stored for a hidden value; it
   *     names the path, never the value
   */
  public static String restored(String text, String stored) {
    String plain = ConfigReader.withoutMark(text);
    String known = ConfigReader.withoutMark(stored);
    requireJson(plain);
    if (!plain.contains(MaskedText.MASK) && !plain.contains('"' + HIDDEN_KEY + '"')) {
      return text;
    }
    requireJson(known);
    HiddenText hidden = new HiddenText(plain, known);
    hidden.restore("", "", JsonSpan.read(plain));
    hidden.edits.addAll(HiddenComments.restored(plain, known, hidden.faults));
    hidden.faults.throwIfAny();
    String restored = hidden.edited();
    requireSame(plain, restored);
    return restored;
  }

  private static void requireJson(String text) {
    Faults faults = new Faults();
    JsonTree.read(text, faults);
    faults.throwIfAny();
  }

  /** Nothing but what is hidden may have changed. */
  private static void requireSame(String given, String restored) {
    if (!MaskedText.of(restored).equals(MaskedText.of(given))) {
      throw new ConfigException(
          List.of(
              new Fault(
                  "",
                  "the hidden comments cannot be put back as the text is written; fix: remove the"
                      + " comments that are \"***\", or write them again")));
    }
  }

  private void restore(String place, String path, JsonSpan value) {
    for (int i = 0; i < value.children().size(); i++) {
      JsonSpan child = value.children().get(i);
      if (child.name().equals(HIDDEN_KEY)) {
        faults.add(path, "\"?\" stands for a hidden key; fix: write the key");
      }
      boolean part = path.isEmpty() && MaskedText.isPart(child);
      restore(
          part ? "" : place(text, place, value, i),
          part ? "" : Fault.join(path, KnownKeys.shown(child.name())),
          child);
    }
    if (value.children().isEmpty() && !path.isEmpty()) {
      restoreValue(place, path, value);
    }
  }

  private void restoreValue(String place, String path, JsonSpan value) {
    String written = text.substring(value.open(), value.end());
    Stored known = stored.get(place);
    String secret = known == null ? null : known.written();
    if (written.equals("{}") || written.equals("[]")) {
      keepEmpty(value, written, secret);
      return;
    }
    boolean isWhole = isWhole(written);
    boolean isPassword =
        path.equalsIgnoreCase("MysqlConn") && MaskedText.decoded(written).contains(SHOWN_PASSWORD);
    if (!isWhole && !isPassword) {
      return;
    }
    if (secret == null || MaskedText.visible(path, secret).equals(secret)) {
      missing(path, "nothing is hidden at this place in the stored configuration");
    } else if (isWhole) {
      keep(path, value, secret);
    } else {
      keepPassword(path, value, MaskedText.decoded(written), MaskedText.decoded(secret));
    }
  }

  /** Comments are all that an empty object or list may contain, and are not shown. */
  private void keepEmpty(JsonSpan value, String written, @Nullable String secret) {
    if (secret != null && secret.charAt(0) == written.charAt(0)) {
      edits.add(new Edit(value.open(), value.end(), secret));
    }
  }

  private static boolean isWhole(String written) {
    return written.startsWith("\"") && MaskedText.decoded(written).equals(MaskedText.MASK);
  }

  private void keep(String path, JsonSpan value, String secret) {
    String receiver = receiver(path);
    if (receiver != null && !isUnchanged(receiver)) {
      missing(path, receiver + " differs from the stored one, whose servers know this value");
      return;
    }
    edits.add(new Edit(value.open(), value.end(), secret));
  }

  /** The key with the servers that receive a secret; null for none. */
  private static @Nullable String receiver(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.equals("kafka") || lower.startsWith("kafka.")) {
      return "KafkaAddr";
    }
    return lower.equals("etcdpassword") || lower.equals("etcdaddr") ? "EtcdAddr" : null;
  }

  private boolean isUnchanged(String key) {
    String list = key.toLowerCase(Locale.ROOT);
    return shown(given, list).equals(shown(stored, list));
  }

  private static List<String> shown(Map<String, Stored> values, String list) {
    return values.entrySet().stream()
        .filter(each -> each.getValue().path().toLowerCase(Locale.ROOT).equals(list))
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getKey() + visible(each.getValue()))
        .toList();
  }

  private static String visible(Stored value) {
    String written = value.written();
    return written == null ? "" : MaskedText.visible(value.path(), written);
  }

  /** The password remains if the user and the servers remain; a server may be left out. */
  private void keepPassword(String path, JsonSpan value, String given, String secret) {
    int user = given.lastIndexOf(SHOWN_PASSWORD);
    int server = user + SHOWN_PASSWORD.length() - MaskedText.SERVER.length();
    int colon = secret.indexOf(':');
    int knownServer = secret.lastIndexOf(MaskedText.SERVER);
    boolean isKnown =
        colon >= 0
            && colon < knownServer
            && given.substring(0, user).equals(secret.substring(0, colon))
            && given.lastIndexOf(MaskedText.SERVER) == server
            && servers(secret, knownServer).containsAll(servers(given, server));
    if (!isKnown) {
      missing(path, "the stored password belongs to another user or another server");
      return;
    }
    String whole = secret.substring(0, knownServer) + given.substring(server);
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(whole));
    edits.add(new Edit(value.open(), value.end(), '"' + quoted + '"'));
  }

  private static List<String> servers(String connection, int from) {
    int open = from + MaskedText.SERVER.length();
    int end = connection.indexOf(')', open);
    String list = end < 0 ? connection.substring(open) : connection.substring(open, end);
    return List.of(list.split("\\s*,\\s*", -1));
  }

  private void missing(String path, String reason) {
    faults.add(
        path,
        "expected a value, got \"***\", which stands for a hidden one, but "
            + reason
            + "; fix: write the value, or a reference such as ${env:NAME}");
  }

  /** All values without children by their place, in lower case. */
  private static Map<String, Stored> values(String text) {
    Map<String, Stored> values = new HashMap<>();
    collect(text, "", "", JsonSpan.read(text), values);
    return values;
  }

  private static void collect(
      String text, String place, String path, JsonSpan value, Map<String, Stored> values) {
    for (int i = 0; i < value.children().size(); i++) {
      JsonSpan child = value.children().get(i);
      boolean part = path.isEmpty() && MaskedText.isPart(child);
      collect(
          text,
          part ? "" : place(text, place, value, i),
          part ? "" : Fault.join(path, KnownKeys.shown(child.name())),
          child,
          values);
    }
    if (value.children().isEmpty()) {
      String written = text.substring(value.open(), value.end());
      values.merge(place, new Stored(path, written), (one, other) -> new Stored(path, null));
    }
  }

  /**
   * Where a value is, independently of entries that are added before it: an entry of a list is
   * named by its schema or table, another one by its index and the list's size.
   */
  private static String place(String text, String place, JsonSpan parent, int index) {
    JsonSpan child = parent.children().get(index);
    if (!child.name().isEmpty()) {
      return place + "\n" + child.name().toLowerCase(Locale.ROOT);
    }
    for (String key : List.of("Schema", "Table")) {
      JsonSpan name = child.member(key);
      if (name != null && name.children().isEmpty()) {
        return place + "\n=" + MaskedText.decoded(text.substring(name.open(), name.end()));
      }
    }
    return place + "\n" + index + "/" + parent.children().size();
  }

  private String edited() {
    edits.sort(Comparator.comparingInt(Edit::start));
    StringBuilder all = new StringBuilder();
    int done = 0;
    for (Edit edit : edits) {
      all.append(text, done, edit.start()).append(edit.text());
      done = edit.end();
    }
    return all.append(text, done, text.length()).toString();
  }
}
