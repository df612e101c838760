package io.binlogbroker.cli.fuzz;

import io.binlogbroker.cli.fuzz.RandomType.KeyUse;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All column types of a server. */
final class RandomTypes {
  private static final String COLLATIONS =
      "SELECT CHARACTER_SET_NAME AS charset, COLLATION_NAME AS collation"
          + " FROM information_schema.COLLATION_CHARACTER_SET_APPLICABILITY"
          + " WHERE CHARACTER_SET_NAME <> 'binary' ORDER BY 1, 2";

  private final List<Function<Dice, RandomType>> families = new ArrayList<>();
  private final TextTypes texts;

  /**
   * @param anyLabels whether labels may contain characters that information_schema does not show
   */
  RandomTypes(MysqlServer server, boolean anyLabels) {
    Map<String, List<String>> collations = new TreeMap<>();
    for (Map<String, @Nullable String> row : server.query(COLLATIONS)) {
      collations
          .computeIfAbsent("" + row.get("charset"), name -> new ArrayList<>())
          .add("" + row.get("collation"));
    }
    boolean logsLabels = server.version() != MysqlVersion.MYSQL_8_0_12;
    texts = new TextTypes(collations, logsLabels, anyLabels && logsLabels);
    families.addAll(
        List.of(
            NumberTypes::integer,
            NumberTypes::integer,
            NumberTypes::year,
            NumberTypes::bit,
            NumberTypes::decimal,
            NumberTypes::floating,
            TemporalTypes::any,
            TemporalTypes::any,
            texts::text,
            texts::text,
            texts::text,
            texts::labels,
            ByteTypes::fixed,
            ByteTypes::varying,
            ByteTypes::blob,
            ByteTypes::geometry));
    if (server.version().isMariaDb()) {
      families.addAll(
          List.of(DocumentTypes::ofMariaDb, MariaDbTypes::address, MariaDbTypes::compressed));
    } else if (server.version() == MysqlVersion.MYSQL_8_0_12) {
      families.addAll(List.of(DocumentTypes::ofWhole, DocumentTypes::ofWhole));
    } else {
      families.addAll(List.of(DocumentTypes::ofMysql, DocumentTypes::ofMysql));
    }
  }

  RandomType any(Dice dice) {
    return dice.oneOf(families).apply(dice);
  }

  /** A type that can be indexed. */
  RandomType ofKey(Dice dice) {
    RandomType type = any(dice);
    return type.key() == KeyUse.NOT ? ofKey(dice) : type;
  }

  TextTypes texts() {
    return texts;
  }
}
