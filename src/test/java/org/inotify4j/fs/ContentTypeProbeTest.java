package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of the probe shows in a JVM whose default provider is the JDK's own. */
final class ContentTypeProbeTest {

  private static final FileSystemProvider PLAIN = FileSystems.getDefault().provider();

  @Test
  void notTheDefault_neverWaits() {
    assertThat(new ContentTypeProbe(PLAIN, false).isWaiting()).isFalse();
  }

  @Test
  void asDefault_waitsOnlyWhereTheJdkCasts() {
    assertThat(new ContentTypeProbe(PLAIN, true).isWaiting())
        .isEqualTo(Runtime.version().feature() < 21);
  }

  @Test
  void asDefault_answersWithItselfAndIsDone() {
    FileSystemProvider ours = new INotifyFileSystemProvider(PLAIN);
    FileSystem fileSystem = ours.getFileSystem(URI.create("file:///"));
    assertThat(fileSystem.provider()).isSameAs(ours);
    ContentTypeProbe probe = new ContentTypeProbe(PLAIN, true);
    assumeTrue(probe.isWaiting(), "this JDK does not cast");
    assertThat(probe.providerFor((INotifyFileSystem) fileSystem)).isSameAs(ours);
    assertThat(probe.isWaiting()).isFalse();
  }

  @Test
  void asDefault_waitsThroughStartUp() throws Exception {
    INotifyFileSystemProvider ours = new INotifyFileSystemProvider(PLAIN);
    INotifyFileSystem fileSystem = (INotifyFileSystem) ours.getFileSystem(URI.create("file:///"));
    ContentTypeProbe probe = new ContentTypeProbe(PLAIN, true);
    assumeTrue(probe.isWaiting(), "this JDK does not cast");
    ExecutorService starting =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task);
              thread.setContextClassLoader(null);
              return thread;
            });
    try {
      assertThat(starting.submit(() -> probe.providerFor(fileSystem)).get()).isSameAs(ours);
    } finally {
      starting.shutdownNow();
    }
    assertThat(probe.isWaiting()).isTrue();
  }

  @Test
  void probeContentType_ofWrappedPaths(@TempDir Path dir) throws Exception {
    Path page = Files.writeString(dir.resolve("page.html"), "<html></html>");
    Path wrapped = INotifyFileSystemProvider.wrap(dir.getFileSystem()).getPath(page.toString());
    assertThat(Files.probeContentType(page)).isEqualTo("text/html");
    assertThat(Files.probeContentType(wrapped)).isEqualTo("text/html");
  }
}
