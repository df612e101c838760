package io.binlogbroker.broker.config.edit;

import com.fasterxml.jackson.core.JsonParser;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.source.MysqlConn;
import io.binlogbroker.broker.config.text.DashComments;
import io.binlogbroker.broker.config.text.JsonSpan;
import io.binlogbroker.broker.config.text.JsonTree;
import io.binlogbroker.broker.config.text.KnownKeys;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.model.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;

/**
 * A configuration's text with secrets masked: only values of keys known to contain no secret are
 * shown, every other value and the text of every comment is masked. Used by one thread.
 */
public final class MaskedText {
  static final String MASK = "***";
  static final String SERVER = "@tcp(";

  private final String text;
  private final BitSet comments;
  private final StringBuilder shown = new StringBuilder();
  private int done;

  private MaskedText(String text) {
    this.text = text;
    this.comments = DashComments.positions(text);
  }

  /**
   * The text without its secrets.
   *
   * @throws ConfigException when the text is not JSON
   */
  public static String of(String text) {
    String plain = ConfigReader.withoutMark(text);
    Faults faults = new Faults();
    JsonTree.read(plain, faults);
    faults.throwIfAny();
    MaskedText masked = new MaskedText(plain);
    masked.show("", JsonSpan.read(plain));
    masked.copyTo(plain.length());
    return masked.shown.toString();
  }

  private void show(String path, JsonSpan value) {
    for (JsonSpan child : value.children()) {
      showKey(child);
      show(path.isEmpty() && isPart(child) ? "" : Fault.join(path, child.name()), child);
    }
    if (value.children().isEmpty() && !path.isEmpty()) {
      copyTo(value.open());
      shown.append(visible(path, text.substring(value.open(), value.end())));
      done = value.end();
    }
  }

  static boolean isPart(JsonSpan member) {
    return member.name().equalsIgnoreCase("BrokerConfig")
        || member.name().equalsIgnoreCase("SourceConfig");
  }

  private void showKey(JsonSpan member) {
    copyTo(member.start());
    if (KnownKeys.shown(member.name()).equals(member.name())) {
      return;
    }
    shown.append("\"?\"");
    done = member.start() + 1;
    while (text.charAt(done) != '"') {
      done += text.charAt(done) == '\\' ? 2 : 1;
    }
    done++;
  }

  /** A value without children as it is shown. */
  static String visible(String path, String written) {
    if (written.startsWith("{") || written.startsWith("[")) {
      // No child: nothing but white space and comments.
      return written.charAt(0) == '{' ? "{}" : "[]";
    }
    String value = decoded(written);
    if (path.equalsIgnoreCase("MysqlConn")) {
      return connection(written, value);
    }
    return KnownKeys.isHarmless(path) && !containsPassword(value) ? written : '"' + MASK + '"';
  }

  /** Whether a value looks like {@code user:password@server}. */
  private static boolean containsPassword(String value) {
    int colon = value.indexOf(':');
    return colon >= 0 && colon < value.lastIndexOf('@');
  }

  private static String connection(String written, String value) {
    int server = value.lastIndexOf(SERVER);
    int end = value.indexOf(')', server);
    boolean plain = written.indexOf('\\') < 0;
    if (!plain || server < 0 || end < 0 || !hasKnownEnd(value, end + 1)) {
      return '"' + MASK + '"';
    }
    int colon = value.substring(0, server).indexOf(':');
    if (colon < 0 || isReference(value.substring(colon + 1, server))) {
      return written;
    }
    return '"' + value.substring(0, colon + 1) + MASK + value.substring(server) + '"';
  }

  private static boolean hasKnownEnd(String value, int from) {
    try {
      MysqlConn.requireKnownEnd(value.substring(from));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A reference to a secret is not secret itself. */
  private static boolean isReference(String password) {
    return (password.startsWith("${env:") || password.startsWith("${file:"))
        && password.indexOf('}') == password.length() - 1;
  }

  /** The text of a string or another value without children. */
  static String decoded(String written) {
    if (written.charAt(0) != '"') {
      return written;
    }
    if (written.indexOf('\\') < 0) {
      return written.substring(1, written.length() - 1);
    }
    try (JsonParser parser = JsonTree.FACTORY.createParser(written)) {
      parser.nextToken();
      return String.valueOf(parser.getText());
    } catch (IOException e) {
      throw new UncheckedIOException("Internal error: valid JSON cannot be parsed again", e);
    }
  }

  /** Copies what is between two values: keys, and comments without their text. */
  private void copyTo(int end) {
    while (done < end) {
      if (!comments.get(done)) {
        int next = comments.nextSetBit(done);
        int stop = next < 0 ? end : Math.min(next, end);
        shown.append(text, done, stop);
        done = stop;
        continue;
      }
      int stop = Math.min(comments.nextClearBit(done), end);
      shown.append(comment(text.substring(done, stop)));
      done = stop;
    }
  }

  /** Adjacent comments as they are shown: as one. */
  static String comment(String comment) {
    if (comment.startsWith("/*")) {
      return "/* " + MASK + " */";
    }
    return (comment.startsWith("#") ? "# " : comment.substring(0, 2) + " ") + MASK;
  }
}
