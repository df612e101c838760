package io.binlogbroker.engine.schema.ddl.sql;

import io.binlogbroker.engine.model.TableName;
import java.util.ArrayList;
import java.util.List;

/** Reads the tokens of a statement, or of a part of it, in order. One thread. */
public final class TokenReader {
  private final List<Token> tokens;
  private int at;

  public TokenReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  public boolean atEnd() {
    return at >= tokens.size();
  }

  public Token peek() {
    return peek(0);
  }

  public Token peek(int ahead) {
    int index = at + ahead;
    return index < tokens.size() ? tokens.get(index) : Token.END;
  }

  public Token next() {
    Token token = peek();
    at++;
    return token;
  }

  /** All remaining tokens. */
  public List<Token> ahead() {
    return tokens.subList(Math.min(at, tokens.size()), tokens.size());
  }

  /** Skips these words if they come next. */
  public boolean accept(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!peek(i).isWord(words[i])) {
        return false;
      }
    }
    at += words.length;
    return true;
  }

  public boolean acceptSign(char sign) {
    if (!peek().isSign(sign)) {
      return false;
    }
    at++;
    return true;
  }

  /** Skips one of these words if it comes next. */
  public boolean acceptAny(String... words) {
    for (String word : words) {
      if (accept(word)) {
        return true;
      }
    }
    return false;
  }

  public void expect(String word) {
    if (!accept(word)) {
      throw new DdlException("Expected " + word + " but got " + peek());
    }
  }

  public void expectSign(char sign) {
    if (!acceptSign(sign)) {
      throw new DdlException("Expected " + sign + " but got " + peek());
    }
  }

  /** A name, quoted or not. */
  public String name() {
    Token token = next();
    if (!token.isNaming() || token.text().isEmpty()) {
      throw new DdlException("Expected a name but got " + token);
    }
    return token.text();
  }

  /** A table's name, with or without its schema. */
  public TableName table(String defaultSchema) {
    String first = name();
    return acceptSign('.') ? new TableName(first, name()) : new TableName(defaultSchema, first);
  }

  /** A column's name, possibly qualified with its table and schema. */
  public String column() {
    acceptSign('.');
    String name = name();
    while (acceptSign('.')) {
      name = name();
    }
    return name;
  }

  public boolean acceptIfExists() {
    return accept("IF", "EXISTS");
  }

  public boolean acceptIfNotExists() {
    return accept("IF", "NOT", "EXISTS");
  }

  /** Skips MariaDB's settings for a single statement. */
  public void skipSetStatement() {
    while (accept("SET", "STATEMENT")) {
      while (!atEnd() && !accept("FOR")) {
        if (peek().isSign('(')) {
          inParentheses();
        } else {
          next();
        }
      }
    }
  }

  /** Skips MariaDB's WAIT or NOWAIT for locks. */
  public void skipWait() {
    if (accept("WAIT")) {
      next();
    } else {
      accept("NOWAIT");
    }
  }

  /** The tokens between the next parenthesis and its counterpart. */
  public List<Token> inParentheses() {
    expectSign('(');
    int start = at;
    int depth = 1;
    while (depth > 0) {
      Token token = next();
      if (token == Token.END) {
        throw new DdlException("Expected ) but got the end");
      }
      depth += token.isSign('(') ? 1 : token.isSign(')') ? -1 : 0;
    }
    return tokens.subList(start, at - 1);
  }

  /** The remaining tokens, split at commas outside parentheses. */
  public List<List<Token>> rest() {
    List<Token> rest = tokens.subList(Math.min(at, tokens.size()), tokens.size());
    at = tokens.size();
    return split(rest);
  }

  public static List<List<Token>> split(List<Token> tokens) {
    List<List<Token>> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += token.isSign('(') ? 1 : token.isSign(')') ? -1 : 0;
      if (depth == 0 && token.isSign(',')) {
        parts.add(tokens.subList(start, i));
        start = i + 1;
      }
    }
    parts.add(tokens.subList(start, tokens.size()));
    return parts;
  }
}
