package io.binlogbroker.broker.admin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an HTTP/1 request that are read: the request line and the {@code Host} header.
 *
 * @param path without the query
 * @param query after the question mark; empty where there is none
 * @param host the value of the header; null where there is none
 */
record RequestHead(String method, String path, String query, @Nullable String host) {
  private static final int LONGEST = 8 * 1024;

  /**
   * Reads a request up to the empty line after its headers.
   *
   * @return null when the client sends no request, too much, or something other than HTTP
   */
  static @Nullable RequestHead read(InputStream in) throws IOException {
    byte[] bytes = new byte[LONGEST];
    int length = 0;
    while (!isComplete(bytes, length)) {
      int count = length == LONGEST ? -1 : in.read(bytes, length, LONGEST - length);
      if (count < 0) {
        return null;
      }
      length += count;
    }
    return parsed(new String(bytes, 0, length, StandardCharsets.ISO_8859_1).lines().toList());
  }

  private static boolean isComplete(byte[] bytes, int length) {
    for (int i = length - 1; i > 0; i--) {
      boolean emptyLine =
          bytes[i] == '\n' && (bytes[i - 1] == '\n' || (i > 1 && bytes[i - 2] == '\n'));
      if (emptyLine) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable RequestHead parsed(List<String> lines) {
    String[] first = lines.get(0).split(" ", -1);
    if (first.length != 3 || !first[2].startsWith("HTTP/1.")) {
      return null;
    }
    List<String> hosts =
        lines.stream().filter(line -> line.toLowerCase(Locale.ROOT).startsWith("host:")).toList();
    if (hosts.size() > 1) {
      return null;
    }
    String host = hosts.isEmpty() ? null : hosts.get(0).substring("host:".length()).strip();
    int query = first[1].indexOf('?');
    return query < 0
        ? new RequestHead(first[0], first[1], "", host)
        : new RequestHead(
            first[0], first[1].substring(0, query), first[1].substring(query + 1), host);
  }

  /**
   * The value of a parameter of the query, decoded.
   *
   * @return null where it is missing or cannot be decoded
   */
  @Nullable String parameter(String name) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return decoded(pair.substring(name.length() + 1));
      }
    }
    return null;
  }

  private static @Nullable String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
