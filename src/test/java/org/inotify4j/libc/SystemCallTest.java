package org.inotify4j.libc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of the system calls, as far as this machine knows them. */
final class SystemCallTest {

  private static final Pattern DEFINITION = Pattern.compile("#define __NR(?:3264)?_(\\w+) (\\d+)");

  @ParameterizedTest
  @ValueSource(strings = {"amd64", "ppc64le", "s390x", "aarch64"})
  void noTwoHaveTheSameNumber(String processor) {
    Set<Integer> numbers = new HashSet<>();
    for (SystemCall call : SystemCall.values()) {
      assertThat(numbers.add(call.on(processor))).as(call.name()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"riscv64", "loongarch64"})
  void youngProcessorsShareTheirNumbers(String processor) {
    for (SystemCall call : SystemCall.values()) {
      assertThat(call.on(processor)).as(call.name()).isEqualTo(call.on("aarch64"));
    }
  }

  @Test
  void thisProcessor() {
    assertThat(SystemCall.STATX.number)
        .isEqualTo(SystemCall.STATX.on(System.getProperty("os.arch")));
  }

  /** The headers of the kernel, where they are installed. */
  @ParameterizedTest
  @CsvSource({
    "amd64, /usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64, /usr/include/asm-generic/unistd.h",
    "ppc64le, /usr/include/powerpc64le-linux-gnu/asm/unistd_64.h",
    "s390x, /usr/include/s390x-linux-gnu/asm/unistd_64.h"
  })
  void headersHaveTheSame(String processor, Path header) throws Exception {
    assumeTrue(Files.exists(header), header + " is not there");
    Map<String, Integer> defined = new HashMap<>();
    Matcher lines = DEFINITION.matcher(Files.readString(header, US_ASCII));
    while (lines.find()) {
      defined.put(lines.group(1), Integer.valueOf(lines.group(2)));
    }
    for (SystemCall call : SystemCall.values()) {
      assertThat(defined).containsEntry(call.name().toLowerCase(Locale.ROOT), call.on(processor));
    }
  }
}
