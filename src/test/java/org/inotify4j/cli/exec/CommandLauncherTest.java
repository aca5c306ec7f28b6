package org.inotify4j.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commands are known not to be there before they are started. */
class CommandLauncherTest {

  @TempDir Path temp;
  private String one;
  private String two;

  @BeforeEach
  void makeTwoDirectories() throws Exception {
    one = Files.createDirectory(temp.resolve("one")).toString();
    two = Files.createDirectory(temp.resolve("two")).toString();
    Files.createFile(temp.resolve("two/tool"));
  }

  private static boolean isNowhere(String command, @Nullable String searched) {
    return new CommandLauncher(List.of(command, "/"), CommandLauncher.Input.INHERITED)
        .isNowhere(searched);
  }

  @Test
  void aNameIsNowhere_whenNoDirectoryOfPathHasIt() {
    assertThat(isNowhere("tool", one + ":" + two)).isFalse();
    assertThat(isNowhere("tool", one)).isTrue();
    assertThat(isNowhere("other", one + ":" + two)).isTrue();
    assertThat(isNowhere("t\303\251", two + ":/no/such/directory")).isTrue();
  }

  @Test
  void aLinkThatLeadsNowhere_isNoCommand() throws Exception {
    Files.createSymbolicLink(temp.resolve("one/link"), Path.of("gone"));
    assertThat(isNowhere("link", one)).isTrue();
  }

  @Test
  void aNameWithASlash_mayComeYet() {
    assertThat(isNowhere("./tool", one)).isFalse();
    assertThat(isNowhere(one + "/tool", one)).isFalse();
  }

  @Test
  void whatIsSearchedInTheWorkingDirectory_orByTheSystem_isNotKnown() {
    for (String searched : List.of("", ":" + one, one + ":", one + "::" + one, "bin:" + one)) {
      assertThat(isNowhere("tool", searched)).as(searched).isFalse();
    }
    assertThat(isNowhere("tool", null)).isFalse();
    assertThat(isNowhere("tool", one + ":/\uFFFD")).isFalse();
  }
}
