package io.binlogbroker.broker.format;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** The message formats, each a maker of writers. */
public enum Format {
  JSON("json", JsonFormat::new);

  private final String label;
  private final Supplier<MessageFormat> maker;

  Format(String label, Supplier<MessageFormat> maker) {
    this.label = label;
    this.maker = maker;
  }

  /** As the configuration names it. */
  public String label() {
    return label;
  }

  /** A writer of its own for one thread. */
  public MessageFormat writer() {
    return maker.get();
  }

  public static Optional<Format> labelled(String label) {
    return Arrays.stream(values())
        .filter(format -> format.label.equalsIgnoreCase(label))
        .findFirst();
  }
}
