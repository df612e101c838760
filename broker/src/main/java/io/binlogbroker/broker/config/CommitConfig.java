package io.binlogbroker.broker.config;

import io.binlogbroker.broker.config.section.ByteSize;
import io.binlogbroker.broker.config.section.FlatPart;
import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.engine.model.Faults;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How often delivered changes are committed while the source has more. */
public record CommitConfig(Duration commitInterval, ByteSize commitSize, ByteSize commitMaxSize)
    implements FlatPart {
  public CommitConfig {
    Faults faults = new Faults();
    faults.require(
        commitInterval.compareTo(Duration.ZERO) > 0, "CommitInterval", "expected more than 0");
    faults.require(commitSize.bytes() > 0, "CommitSize", "expected more than 0");
    faults.require(
        commitMaxSize.bytes() >= commitSize.bytes(),
        "CommitMaxSize",
        "expected at least CommitSize (" + commitSize + "), got " + commitMaxSize);
    faults.throwIfAny();
  }

  static @Nullable CommitConfig from(Section section) {
    Duration interval = section.duration("CommitInterval", Duration.ofMillis(100));
    ByteSize commitSize = section.size("CommitSize", ByteSize.parse("8MiB"));
    ByteSize commitMaxSize = section.size("CommitMaxSize", ByteSize.parse("64MiB"));
    return section.make(() -> new CommitConfig(interval, commitSize, commitMaxSize));
  }
}
