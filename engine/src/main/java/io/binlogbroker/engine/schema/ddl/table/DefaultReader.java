package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.Token;
import io.binlogbroker.engine.schema.ddl.sql.TokenReader;

/**
 * Skips the value of a DEFAULT, which may contain words that are attributes elsewhere: a literal,
 * an expression in parentheses, or what MariaDB accepts without them. Used once.
 */
final class DefaultReader {
  private final TokenReader in;

  DefaultReader(TokenReader in) {
    this.in = in;
  }

  /**
   * @throws DdlException if there is no value
   */
  void skip() {
    if (!in.acceptSign('-')) {
      in.acceptSign('+');
    }
    Token first = in.peek();
    if (first.isSign('(')) {
      in.inParentheses();
    } else if (first.isSign('{')) {
      braces();
    } else if (first.isSign('.') || isNumber(first)) {
      number();
    } else if (first.kind() == Token.Kind.TEXT) {
      texts();
    } else if (first.isNaming()) {
      named();
    } else {
      throw new DdlException("Expected a value after DEFAULT but got " + first);
    }
  }

  private static boolean isNumber(Token token) {
    return token.kind() == Token.Kind.WORD && Character.isDigit(token.text().charAt(0));
  }

  /** The lexer splits 1.5e-3 into 1 . 5e - 3. */
  private void number() {
    boolean integer = !in.peek().isSign('.');
    String last = integer ? in.next().text() : "";
    if (in.acceptSign('.')) {
      last = isNumber(in.peek()) || isExponent(in.peek()) ? in.next().text() : "";
    }
    boolean exponent = last.endsWith("e") || last.endsWith("E");
    if (exponent && !last.startsWith("0x") && (in.acceptSign('-') || in.acceptSign('+'))) {
      in.next();
    }
  }

  private static boolean isExponent(Token token) {
    return token.kind() == Token.Kind.WORD && token.text().matches("[eE]\\d*");
  }

  /** Consecutive texts are concatenated. */
  private void texts() {
    while (in.peek().kind() == Token.Kind.TEXT) {
      in.next();
    }
  }

  private void named() {
    Token first = in.next();
    switch (first.keyword()) {
      case "CASE" -> caseToEnd();
      case "NEXT", "PREVIOUS" -> sequence();
      default -> {
        boolean introducer =
            first.kind() == Token.Kind.WORD
                && (first.text().startsWith("_") || first.text().length() == 1);
        if (introducer && isNumber(in.peek())) {
          in.next();
        } else if (introducer && in.peek().isWord("X") || introducer && in.peek().isWord("B")) {
          in.next();
        }
        path();
        texts();
      }
    }
  }

  /** A function call, a column or a constant. */
  private void path() {
    while (in.acceptSign('.')) {
      in.name();
    }
    if (in.peek().isSign('(')) {
      in.inParentheses();
    }
  }

  private void sequence() {
    if (in.accept("VALUE", "FOR")) {
      in.table("");
    } else {
      path();
    }
  }

  private void caseToEnd() {
    int open = 1;
    while (open > 0) {
      Token token = in.next();
      if (token == Token.END) {
        throw new DdlException("Expected END after CASE but got the end");
      }
      open += token.isWord("CASE") ? 1 : token.isWord("END") ? -1 : 0;
    }
  }

  /** {d '2001-01-01'}, as ODBC writes it. */
  private void braces() {
    while (!in.peek().isSign('}')) {
      if (in.next() == Token.END) {
        throw new DdlException("Expected } but got the end");
      }
    }
    in.next();
  }
}
