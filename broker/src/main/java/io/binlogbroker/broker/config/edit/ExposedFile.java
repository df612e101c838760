package io.binlogbroker.broker.config.edit;

import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.text.JsonTree;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether every user of the host can read a configuration file with a password. Stateless.
 */
public final class ExposedFile {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):[^}]*}");

  /** Names of secret Kafka properties. */
  private static final Pattern SECRET_NAME = Pattern.compile("password|secret|jaas|[.]key$");

  private ExposedFile() {}

  /** The warning; null when there is none, or the file's permissions are unknown. */
  public static @Nullable String warning(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      boolean exposed = permissions.contains(PosixFilePermission.OTHERS_READ);
      if (!exposed || !containsSecret(ConfigReader.textOf(file))) {
        return null;
      }
      return "%s contains a password and every user of this host can read it (%s); fix: chmod o-r %s, or write the password as ${env:NAME} or ${file:/path}"
          .formatted(file, PosixFilePermissions.toString(permissions), file);
    } catch (IOException | UnsupportedOperationException | ConfigException e) {
      return null;
    }
  }

  public static boolean containsSecret(String text) {
    Map<String, Object> root = JsonTree.read(ConfigReader.withoutMark(text), new Faults());
    return root.entrySet().stream().anyMatch(ExposedFile::isSecret);
  }

  private static boolean isSecret(Map.Entry<String, Object> member) {
    return switch (member.getKey().toLowerCase(Locale.ROOT)) {
      case "brokerconfig", "sourceconfig" ->
          member.getValue() instanceof Map<?, ?> part
              && JsonTree.object(part).entrySet().stream().anyMatch(ExposedFile::isSecret);
      case "kafka" ->
          member.getValue() instanceof Map<?, ?> properties
              && JsonTree.object(properties).entrySet().stream()
                  .anyMatch(
                      property ->
                          SECRET_NAME.matcher(property.getKey()).find()
                              && isWritten(property.getValue()));
      case "etcdpassword", "masksalt", "admintoken" -> isWritten(member.getValue());
      case "alert" ->
          member.getValue() instanceof Map<?, ?> alert
              && JsonTree.object(alert).entrySet().stream()
                  .anyMatch(
                      key -> key.getKey().equalsIgnoreCase("Url") && isWritten(key.getValue()));
      case "mysqlconn" -> isWritten(password(member.getValue()));
      default -> false;
    };
  }

  /** Whether the value contains a secret itself, not only a reference to one. */
  private static boolean isWritten(Object value) {
    return value instanceof String text && !REFERENCE.matcher(text).replaceAll("").isBlank();
  }

  private static Object password(Object conn) {
    String text = conn instanceof String written ? written : "";
    int server = text.lastIndexOf("@tcp(");
    String user = REFERENCE.matcher(server < 0 ? "" : text.substring(0, server)).replaceAll("");
    return user.substring(user.indexOf(':') + 1 == 0 ? user.length() : user.indexOf(':') + 1);
  }
}
