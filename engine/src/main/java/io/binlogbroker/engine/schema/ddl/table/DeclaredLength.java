package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.engine.schema.ddl.sql.DdlException;

/** The length in a type's or a key part's parentheses. Stateless. */
final class DeclaredLength {
  private static final int MOST_DIGITS = 18;

  private DeclaredLength() {}

  /**
   * @param arguments with the parentheses; empty for a type without a length
   * @throws DdlException if it is not a single number, which no server accepts
   */
  static long inParentheses(String arguments) {
    return of(arguments.length() < 2 ? "" : arguments.substring(1, arguments.length() - 1));
  }

  /**
   * @param digits without the parentheses
   * @throws DdlException if it is not a single number, which no server accepts
   */
  static long of(String digits) {
    boolean number = !digits.isEmpty() && digits.length() <= MOST_DIGITS;
    for (int i = 0; i < digits.length(); i++) {
      number &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    if (!number) {
      throw new DdlException("Expected one number in parentheses but got \"" + digits + '"');
    }
    return Long.parseLong(digits);
  }
}
