package io.binlogbroker.broker.config.text;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import io.binlogbroker.engine.model.Fault;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reports where a text is not JSON and what was expected there, without quoting it: any part of the
 * text may be secret, and the fault appears in logs and in the status.
 */
final class SyntaxFault {
  private static final String VALUE =
      "expected a value: a string in double quotes, a number, true, false, null, { or [";

  /** Parts of the parser's messages, which may quote the text, and their replacements. */
  private static final Map<String, String> REASONS = new LinkedHashMap<>();

  static {
    REASONS.put("to start field name", "expected a key in double quotes, or }");
    REASONS.put("expecting a colon", "expected : after the key");
    REASONS.put("comma to separate Object", "expected , or } after the value");
    REASONS.put("comma to separate Array", "expected , or ] after the value");
    REASONS.put("close marker '}': expected ']'", "expected ] before }");
    REASONS.put("close marker ']': expected '}'", "expected } before ]");
    REASONS.put("close marker", "unmatched closing bracket");
    REASONS.put("Unrecognized token", VALUE);
    REASONS.put("Non-standard token", VALUE);
    REASONS.put("expected a value", VALUE);
    REASONS.put("expected a valid value", VALUE);
    REASONS.put(
        "Unrecognized character escape",
        "unknown character after \\; in a string write a backslash as two: \"order_\\\\d+\"");
    REASONS.put("hex-digit", "expected four hexadecimal digits after \\u");
    REASONS.put("Illegal unquoted character", "expected \" at the end of the string in this line");
    REASONS.put("Illegal character", "a control character between two values");
    REASONS.put("numeric value", "expected a number such as 12 or -1.5");
    REASONS.put("Number value length", "the number has too many digits");
    REASONS.put("nesting depth", "brackets are nested too deeply");
    REASONS.put("for a comment", "expected // or /* to begin a comment");
    REASONS.put("closing quote", "the file ends within a string: expected \"");
    REASONS.put("in a comment", "the file ends within a comment: expected */");
    REASONS.put("end-of-input", "the file ends before all brackets are closed");
  }

  private SyntaxFault() {}

  static Fault of(JsonProcessingException failure, JsonParser parser) {
    JsonLocation location = failure.getLocation();
    if (location == null) {
      location = parser.currentTokenLocation();
    }
    String path = path(parser.getParsingContext());
    return new Fault(
        "",
        "line "
            + location.getLineNr()
            + ", column "
            + location.getColumnNr()
            + (path.isEmpty() ? "" : ", at " + path)
            + ": not JSON: "
            + reason(failure.getOriginalMessage()));
  }

  private static String reason(String message) {
    return REASONS.entrySet().stream()
        .filter(reason -> message.contains(reason.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("syntax error");
  }

  /** With keys as documented; an unknown key is not shown, as it may be a misplaced secret. */
  private static String path(JsonStreamContext context) {
    JsonStreamContext parent = context.getParent();
    if (parent == null) {
      return "";
    }
    String path = path(parent);
    if (context.inArray()) {
      return context.hasCurrentIndex() ? path + "[" + context.getCurrentIndex() + "]" : path;
    }
    return context.hasCurrentName()
        ? Fault.join(path, KnownKeys.knownSpelling(context.getCurrentName()))
        : path;
  }
}
