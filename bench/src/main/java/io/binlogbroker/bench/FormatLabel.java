package io.binlogbroker.bench;

import io.binlogbroker.broker.format.Format;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a message format as the configuration names it. */
final class FormatLabel implements ITypeConverter<Format> {
  @Override
  public Format convert(String label) {
    return Format.labelled(label)
        .orElseThrow(
            () ->
                new TypeConversionException("expected a message format but got \"" + label + '"'));
  }
}
