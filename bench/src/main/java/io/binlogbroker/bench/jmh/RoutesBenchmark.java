package io.binlogbroker.bench.jmh;

import io.binlogbroker.broker.config.MysqlConn;
import io.binlogbroker.broker.config.OnLostPosition;
import io.binlogbroker.broker.config.OnSchemaMismatch;
import io.binlogbroker.broker.config.OnStatementEvent;
import io.binlogbroker.broker.config.SourceConfig;
import io.binlogbroker.broker.config.SourceRule;
import io.binlogbroker.broker.config.TableRule;
import io.binlogbroker.broker.config.TlsConfig;
import io.binlogbroker.broker.config.TlsMode;
import io.binlogbroker.broker.route.Route;
import io.binlogbroker.broker.route.RouteCompiler;
import io.binlogbroker.broker.route.Routes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The route of a table that is met for the first time: the last of so many patterns fits. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RoutesBenchmark {
  @Param({"1", "100"})
  public int patterns;

  private @Nullable Routes routes;
  private String table = "";

  @Setup
  public void compile() {
    List<TableRule> rules =
        IntStream.range(0, patterns)
            .mapToObj(i -> new TableRule("orders_" + i + "_\\d+", "orders", "user_id", null))
            .toList();
    routes = RouteCompiler.compile(config(rules), false);
    table = "orders_" + (patterns - 1) + "_7";
  }

  private static SourceConfig config(List<TableRule> rules) {
    return new SourceConfig(
        MysqlConn.parse("user:password@tcp(127.0.0.1:3306)"),
        false,
        List.of(new SourceRule("mall_db", rules, null)),
        List.of("mall_db.tmp_.*"),
        null,
        Duration.ofSeconds(5),
        new TlsConfig(TlsMode.DISABLED, null, null, null),
        false,
        OnLostPosition.STOP,
        OnStatementEvent.STOP,
        OnSchemaMismatch.STOP);
  }

  @Benchmark
  public @Nullable Route find() {
    return Objects.requireNonNull(routes).find("mall_db", table);
  }
}
