package io.binlogbroker.engine.format.registry;

import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.canal.CanalFormat;
import io.binlogbroker.engine.model.FormatName;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The writers of one relay, one for each format that it has to write. One thread. */
public final class Formats {
  private final FormatName usual;
  private final Function<FormatName, MessageFormat> maker;
  private final Map<FormatName, MessageFormat> writers = new EnumMap<>(FormatName.class);

  /**
   * @param usual the format of tables whose rules name none
   */
  public Formats(FormatName usual) {
    this(usual, name -> Format.of(name).writer());
  }

  /**
   * @param usual the format of tables whose rules name none
   * @param canalEnumAsNumber whether {@code canal-json} has numbers for the labels of ENUM and SET
   */
  public static Formats of(FormatName usual, boolean canalEnumAsNumber) {
    return new Formats(
        usual,
        name ->
            name == FormatName.CANAL_JSON
                ? new CanalFormat(canalEnumAsNumber)
                : Format.of(name).writer());
  }

  Formats(FormatName usual, Function<FormatName, MessageFormat> maker) {
    this.usual = usual;
    this.maker = maker;
  }

  /** One writer for all. */
  public static Formats only(MessageFormat writer) {
    return new Formats(FormatName.JSON, name -> writer);
  }

  /** The writer of a format, always the same; of the usual one for null. */
  public MessageFormat writer(@Nullable FormatName name) {
    return writers.computeIfAbsent(name == null ? usual : name, maker);
  }
}
