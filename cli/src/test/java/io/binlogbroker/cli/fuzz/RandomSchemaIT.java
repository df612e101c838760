package io.binlogbroker.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.testkit.MysqlVersion;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random tables, rows, DDL and settings on every server, a broker that is killed several times: the
 * tables rebuilt from its messages equal the selected ones, value by value.
 *
 * <p>A failure reports its seed. {@code -Dfuzz.seed=7 -Dfuzz.server=MYSQL_8_0_33} runs it again,
 * {@code -Dfuzz.rounds=100} runs this number of seeds from there on, {@code -Dfuzz.steps} and
 * {@code -Dfuzz.kills} set the length of a round, {@code -Dfuzz.ddl} how many of 100 steps change
 * tables. The time limit leaves room for many rounds.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(value = 3, unit = TimeUnit.HOURS)
class RandomSchemaIT {
  private static final int STEPS = 80;

  private static LiveServers servers;

  @TempDir Path folder;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void theRebuiltTablesEqualTheSelectedOnes(MysqlVersion version) throws Exception {
    if (!version.name().matches(System.getProperty("fuzz.server", ".*"))) {
      return;
    }
    long first = Long.getLong("fuzz.seed", 1);
    for (long seed = first; seed < first + Integer.getInteger("fuzz.rounds", 1); seed++) {
      run(version, seed);
    }
  }

  private void run(MysqlVersion version, long seed) throws Exception {
    RandomRound round =
        new RandomRound(
            version,
            seed,
            Integer.getInteger("fuzz.steps", STEPS),
            Integer.getInteger("fuzz.kills", 1));
    String again = "-Dfuzz.server=" + version + " -Dfuzz.seed=" + seed;
    RandomRound.Result result;
    try {
      result = round.run(servers, folder.resolve(version + "-" + seed));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(again, e);
    }
    System.out.printf(
        "RandomSchemaIT: %s: %d changes of %d tables, %s%n",
        again, result.changes(), result.lives(), result.statements());
    assertThat(result.differences()).as(again).isEmpty();
    assertThat(result.changes()).as(again).isPositive();
  }
}
