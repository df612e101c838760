package io.binlogbroker.broker.admin;

import io.binlogbroker.broker.config.OtlpConfig;
import io.binlogbroker.broker.event.HostName;
import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Pushes the metrics of a process to an OpenTelemetry collector, on the thread {@code otlp} and
 * once more when it is closed. A push that fails is not repeated: the next one has the newer
 * values.
 */
public final class OtlpPush implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LAST_TIMEOUT = Duration.ofSeconds(1);

  private final ProcessMetrics metrics;
  private final OtlpConfig config;
  private final OtlpSender sender;
  private final OtlpMeterRegistry registry;
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

  /**
   * @param resource attributes of the process, such as {@code service.name}
   */
  private OtlpPush(ProcessMetrics metrics, OtlpConfig config, Map<String, String> resource) {
    this.metrics = metrics;
    this.config = config;
    this.sender = new OtlpSender(config, TIMEOUT);
    this.registry =
        OtlpMeterRegistry.builder(new Settings(config, resource))
            .clock(Clock.SYSTEM)
            .metricsSender(sender)
            .threadFactory(this::newThread)
            .build();
  }

  /**
   * Starts to push; the first push follows after one step.
   *
   * @param version of the program
   * @param listen where the process answers HTTP requests, such as {@code :8846}; with the host's
   *     name it distinguishes this process from others
   */
  public static OtlpPush start(
      ProcessMetrics metrics, OtlpConfig config, String version, String listen) {
    String host = HostName.ofThis();
    OtlpPush push =
        new OtlpPush(
            metrics,
            config,
            Map.of(
                "service.name",
                "binlogbroker",
                "service.version",
                version,
                "service.instance.id",
                host + listen.substring(Math.max(0, listen.lastIndexOf(':'))),
                "host.name",
                host));
    metrics.add(push.registry);
    return push;
  }

  /** Where to, and how often. */
  @Override
  public String toString() {
    return "to " + config.url() + " every " + config.step().toSeconds() + " s";
  }

  private Thread newThread(Runnable run) {
    Thread created = new Thread(run, "otlp");
    created.setDaemon(true);
    thread.set(created);
    return created;
  }

  /** Ends a push in progress, then pushes the last values; takes little more than a second. */
  @Override
  public void close() {
    sender.setTimeout(LAST_TIMEOUT);
    Thread pushing = thread.get();
    if (pushing != null) {
      pushing.interrupt();
    }
    registry.close();
    metrics.remove(registry);
  }

  /** Micrometer's settings; they are read from nowhere else. */
  private record Settings(OtlpConfig config, Map<String, String> resource)
      implements io.micrometer.registry.otlp.OtlpConfig {
    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public String url() {
      return config.url();
    }

    @Override
    public Duration step() {
      return config.step();
    }

    @Override
    public Map<String, String> headers() {
      return config.headers();
    }

    @Override
    public Map<String, String> resourceAttributes() {
      return resource;
    }

    @Override
    public TimeUnit baseTimeUnit() {
      return TimeUnit.SECONDS;
    }
  }
}
