package io.binlogbroker.bench;

import io.binlogbroker.engine.format.registry.Format;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a message format by its name in the configuration. */
final class FormatLabel implements ITypeConverter<Format> {
  @Override
  public Format convert(String label) {
    return Format.labelled(label)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of %s but got \"%s\""
                        .formatted(
                            Arrays.stream(Format.values()).map(Format::label).toList(), label)));
  }
}
