package io.binlogbroker.engine.format.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.format.registry.GoldenCases.GoldenCase;
import io.binlogbroker.engine.model.FormatOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages are a contract with consumers: {@code -Dgolden.write=true} rewrites the golden files, so
 * that a change is visible in the review.
 */
class GoldenFilesTest {
  private static final Path GOLDEN = Path.of("../engine/src/test/resources/golden");

  static Stream<Arguments> cases() {
    return Arrays.stream(Format.values())
        .flatMap(format -> GoldenCases.all().stream().map(golden -> Arguments.of(format, golden)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void messagesMatchTheirGoldenFilesByteForByte(Format format, GoldenCase golden)
      throws IOException {
    byte[] message = golden.write(format.writer(FormatOptions.DEFAULT));

    Path file = file(format, golden.name());
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(file.getParent());
      Files.write(file, message);
    }
    byte[] expected = Files.readAllBytes(file);
    assertThat(new String(message, StandardCharsets.UTF_8))
        .isEqualTo(new String(expected, StandardCharsets.UTF_8));
    assertThat(message).isEqualTo(expected);
  }

  @Test
  void everyGoldenFileHasACase() throws IOException {
    Set<Path> expected =
        cases()
            .map(arguments -> arguments.get())
            .map(pair -> file((Format) pair[0], ((GoldenCase) pair[1]).name()))
            .collect(Collectors.toCollection(TreeSet::new));

    try (Stream<Path> files = Files.walk(GOLDEN)) {
      assertThat(files.filter(Files::isRegularFile)).hasSameElementsAs(expected);
    }
  }

  static Path file(Format format, String golden) {
    String ending = format == Format.MSGPACK ? ".msgpack" : ".json";
    return GOLDEN.resolve(format.label()).resolve(golden + ending);
  }
}
