package io.binlogbroker.bench.jmh;

import static java.util.stream.Collectors.joining;

import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.source.SourceConfig;
import io.binlogbroker.engine.route.Route;
import io.binlogbroker.engine.route.Routes;
import java.util.Map;
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

/** Finds the route of a new table, which matches the last of several patterns. */
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
    String rules =
        IntStream.range(0, patterns)
            .mapToObj(
                "{\"Table\":\"orders_%d_\\\\d+\",\"Topic\":\"orders\",\"Key\":\"user_id\"}"
                    ::formatted)
            .collect(joining(","));
    routes = config(rules).routes(false);
    table = "orders_" + (patterns - 1) + "_7";
  }

  private static SourceConfig config(String rules) {
    String config =
        """
        {"MysqlConn":"user:password@tcp(127.0.0.1:3306)", "BlackList":["mall_db.tmp_.*"],
         "Sources":[{"Schema":"mall_db","Tables":[%s]}]}
        """
            .formatted(rules);
    return new ConfigReader(Map.of()).readSource(config, "the benchmark");
  }

  @Benchmark
  public @Nullable Route find() {
    return Objects.requireNonNull(routes).find("mall_db", table);
  }
}
