package io.binlogbroker.engine.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.SnapshotRule;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tables are read because their rules say so. They are looked for once for each version of
 * these rules: a table that is created later has no rows that the stream does not deliver. Guarded
 * by the lock of {@link Snapshots}.
 */
final class InitialTables {
  private byte @Nullable [] done;
  private byte[] current = {};

  /** The rules whose tables were looked for in this run; null before. */
  private @Nullable Routes previous;

  private @Nullable Routes routes;
  private boolean sought;
  private boolean searching;

  /**
   * @param done {@link #digest} of the rules whose tables were looked for; null if none were
   */
  InitialTables(byte @Nullable [] done) {
    this.done = done;
  }

  /** Takes rules into use. */
  void use(Routes newer) {
    if (!sought) {
      previous = routes;
    }
    routes = newer;
    current = digestOf(newer);
    if (newer.snapshots().isEmpty()) {
      done = null; // the same rules may come again, with other tables
    }
    sought = !newer.snapshots().isEmpty() && !Arrays.equals(current, done);
    searching = false;
  }

  /** Whether the server's tables are needed. */
  boolean isSought() {
    return sought;
  }

  /** Whether the caller is the one who shall look for them. */
  boolean beginSearch() {
    boolean begins = sought && !searching;
    searching |= begins;
    return begins;
  }

  /** The search has failed. */
  void searchAgain() {
    searching = false;
  }

  /**
   * The tables to read; the search is done.
   *
   * @param existing tables of the server
   */
  List<TableName> choose(Routes rules, List<TableName> existing, KnownSnapshots known) {
    List<TableName> chosen =
        existing.stream()
            .filter(name -> isInitial(rules.snapshot(name.schema(), name.table())))
            .filter(name -> isNew(name, known))
            .toList();
    done = current;
    sought = false;
    searching = false;
    return chosen;
  }

  private boolean isNew(TableName name, KnownSnapshots known) {
    Routes before = previous;
    if (before == null) {
      return known.get(name) == null;
    }
    SnapshotRule former = before.snapshot(name.schema(), name.table());
    return former == null || (known.get(name) == null && !former.isInitial());
  }

  private static boolean isInitial(@Nullable SnapshotRule rule) {
    return rule != null && rule.isInitial();
  }

  /** What to store once the chosen tables are. */
  byte[] digest() {
    return current.clone();
  }

  private static byte[] digestOf(Routes rules) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(String.join("\n", rules.snapshots()).getBytes(UTF_8));
      return ("{\"rules\":\"" + HexFormat.of().formatHex(digest) + "\"}").getBytes(UTF_8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
