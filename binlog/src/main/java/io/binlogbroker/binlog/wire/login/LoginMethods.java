package io.binlogbroker.binlog.wire.login;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The supported login methods. A new one, such as MariaDB's client_ed25519, is one class and one
 * line.
 */
enum LoginMethods {
  NATIVE("mysql_native_password", NativePassword::new),
  CACHING_SHA2("caching_sha2_password", CachingSha2Password::new),
  SHA256("sha256_password", Sha256Password::new),
  CLEAR("mysql_clear_password", ClearPassword::new);

  private final String plugin;
  private final Function<LoginTerms, LoginMethod> constructor;

  LoginMethods(String plugin, Function<LoginTerms, LoginMethod> constructor) {
    this.plugin = plugin;
    this.constructor = constructor;
  }

  static Optional<LoginMethods> named(String plugin) {
    return Arrays.stream(values()).filter(method -> method.plugin.equals(plugin)).findFirst();
  }

  /** All names, for messages. */
  static String names() {
    return Arrays.stream(values()).map(LoginMethods::plugin).collect(Collectors.joining(", "));
  }

  /** The server's name for it. */
  String plugin() {
    return plugin;
  }

  LoginMethod create(LoginTerms terms) {
    return constructor.apply(terms);
  }
}
