package io.binlogbroker.engine.format.registry;

import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.model.FormatName;
import io.binlogbroker.engine.model.FormatOptions;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The writers of one relay, one per format that is in use. One thread. */
public final class Formats {
  private final FormatName usual;
  private final Function<FormatName, MessageFormat> maker;
  private final Map<FormatName, MessageFormat> writers = new EnumMap<>(FormatName.class);

  /**
   * @param usual the default format, of tables whose rules name none
   */
  public Formats(FormatName usual, FormatOptions options) {
    this(usual, name -> Format.of(name).writer(options));
  }

  private Formats(FormatName usual, Function<FormatName, MessageFormat> maker) {
    this.usual = usual;
    this.maker = maker;
  }

  /** One writer for all tables. */
  public static Formats only(MessageFormat writer) {
    return new Formats(FormatName.JSON, name -> writer);
  }

  /** The writer of a format, always the same object; that of the default format for null. */
  public MessageFormat writer(@Nullable FormatName name) {
    return writers.computeIfAbsent(name == null ? usual : name, maker);
  }
}
