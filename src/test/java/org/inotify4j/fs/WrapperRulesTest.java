package org.inotify4j.fs;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What wrappers get wrong. The JVM's default is plain here, so the provider that would be its
 * default is made as the JVM makes it.
 */
final class WrapperRulesTest {

  private static final FileSystem PLAIN = FileSystems.getDefault();

  private final FileSystem wrapped = INotifyFileSystemProvider.wrap(PLAIN);
  private final FileSystemProvider provider = wrapped.provider();
  private final FileSystemProvider asDefault = new INotifyFileSystemProvider(PLAIN.provider());

  private FileSystem other;

  @TempDir private Path temporary;

  @BeforeEach
  void openAnotherFileSystem() {
    other = Subject.UNIX.open();
  }

  @AfterEach
  void closeIt() throws IOException {
    other.close();
  }

  // Rule 1

  @Test
  void toFile_byText() {
    for (String text : List.of("/a/b", "a", "", "/")) {
      assertThat(wrapped.getPath(text).toFile()).isEqualTo(new File(text));
    }
    assertThat(asDefault.getPath(URI.create("file:///a")).toFile()).isEqualTo(new File("/a"));
    assertThat(wrapped.getPath("a").resolve("b").toFile().toPath()).isEqualTo(Path.of("a/b"));
  }

  // Rule 2

  @Test
  void getPath_ofTheFormsOfFileToUri() {
    URI shortForm = new File("/tmp").toURI();
    assertThat(shortForm.toString()).startsWith("file:/tmp");
    for (String uri : List.of("file:/tmp", "file:///tmp", "file:/tmp/", "FILE:/tmp")) {
      Path path = asDefault.getPath(URI.create(uri));
      assertThat(path).isInstanceOf(INotifyPath.class).hasToString("/tmp");
      assertThat(path.getFileSystem()).isSameAs(asDefault.getFileSystem(URI.create("file:///")));
      assertThat(provider.getPath(URI.create(uri))).isEqualTo(wrapped.getPath("/tmp"));
    }
    for (String uri : List.of("inotify:/tmp", "inotify:///tmp", "INOTIFY:/tmp")) {
      assertThat(Path.of(URI.create(uri))).isEqualTo(scheme().getPath("/tmp"));
    }
  }

  @Test
  void wrap_ofAWrappedPath() {
    INotifyFileSystem outer = (INotifyFileSystem) scheme();
    Path handedBack = wrapped.getPath("/tmp");
    assertThat(outer.wrap(handedBack)).isEqualTo(scheme().getPath("/tmp"));
    assertThat(outer.wrap(handedBack).getFileSystem()).isSameAs(outer);
    Path own = scheme().getPath("/tmp");
    assertThat(outer.wrap(own)).isSameAs(own);
  }

  // Rule 3 is HandedOutTest.

  // Rule 4 is HandedOutTest.everyMethod_isOverridden, and:

  @Test
  void exists_withoutAnExceptionForTheMissing() throws Exception {
    INotifyFileSystemProvider ours = (INotifyFileSystemProvider) provider;
    Path missing = wrapped.getPath(temporary.toString(), "missing");
    assertThat(ours.exists(missing)).isFalse();
    assertThat(ours.readAttributesIfExists(missing, BasicFileAttributes.class)).isNull();
    Path here = wrapped.getPath(temporary.toString());
    assertThat(ours.exists(here)).isTrue();
    assertThat(ours.readAttributesIfExists(here, BasicFileAttributes.class))
        .matches(BasicFileAttributes::isDirectory);
  }

  // Rule 5 is ForeignPathsTest.

  // Rule 6

  @Test
  void fileSystem_isOneForEver() {
    URI root = URI.create("file:///");
    FileSystem first = asDefault.getFileSystem(root);
    assertThat(asDefault.getFileSystem(root)).isSameAs(first);
    assertThat(asDefault.getPath(URI.create("file:///a")).getFileSystem()).isSameAs(first);
    assertThat(first.getPath("a").getFileSystem()).isSameAs(first);
    assertThat(first.provider()).isSameAs(asDefault);
    assertThat(provider.getFileSystem(root)).isSameAs(wrapped);
    assertThat(scheme()).isSameAs(FileSystems.getFileSystem(URI.create("inotify:///")));
    assertThat(Path.of(URI.create("inotify:///a")).getFileSystem()).isSameAs(scheme());
    assertThat(INotifyFileSystemProvider.wrap(wrapped)).isSameAs(wrapped);
    assertThat(INotifyFileSystemProvider.wrap(scheme())).isSameAs(scheme());
  }

  @Test
  void fileSystem_isOneBeforeItIsAskedForByUri() {
    FileSystemProvider fresh = new INotifyFileSystemProvider();
    FileSystem first = fresh.getPath(URI.create("inotify:///a")).getFileSystem();
    assertThat(fresh.getFileSystem(URI.create("inotify:///"))).isSameAs(first);
  }

  @Test
  void close_asTheDelegate() {
    for (FileSystem one : List.of(wrapped, scheme(), asDefault.getFileSystem(rootUri()))) {
      assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(one::close);
      assertThat(one.isOpen()).isTrue();
    }
  }

  @Test
  void toUri_keepsTheScheme() {
    Path a = asDefault.getPath(URI.create("file:///a"));
    assertThat(a.toUri()).isEqualTo(URI.create("file:///a"));
    assertThat(asDefault.getScheme()).isEqualTo("file");
    assertThat(wrapped.getPath("/a").toUri()).isEqualTo(URI.create("file:///a"));
    assertThat(scheme().getPath("/a").toUri()).isEqualTo(URI.create("inotify:///a"));
    assertThat(other.getPath("/a").toUri())
        .isEqualTo(INotifyFileSystemProvider.wrap(other).getPath("/a").toUri());
  }

  @Test
  void uri_ofAnotherScheme() {
    FileSystemProvider inotify = scheme().provider();
    URI file = URI.create("file:///a");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> inotify.getPath(file))
        .withMessage("URI scheme is not \"inotify\": file:///a");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> inotify.getFileSystem(file));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> inotify.getPath(URI.create("inotify:a")));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> inotify.getFileSystem(URI.create("inotify:///a")));
  }

  @Test
  void uri_keepsRawBytes() {
    URI uri = URI.create("inotify:///%FF%FE%25%20");
    Path path = Path.of(uri);
    assertThat(path.toUri()).isEqualTo(uri);
    assertThat(scheme().getPath("/").resolve(path.getFileName())).isEqualTo(path);
  }

  // Rule 7

  @Test
  void equals_hashCode_toString() {
    Path own = wrapped.getPath("/a/b");
    assertThat(own)
        .isEqualTo(wrapped.getPath("/a").resolve("b"))
        .hasSameHashCodeAs(wrapped.getPath("/a/b"))
        .hasSameHashCodeAs(PLAIN.getPath("/a/b"))
        .hasToString("/a/b")
        .isNotEqualTo(PLAIN.getPath("/a/b"))
        .isNotEqualTo(scheme().getPath("/a/b"));
    assertThat(PLAIN.getPath("/a/b")).isNotEqualTo(own);
  }

  // Rule 8

  @Test
  void watchable_isTheVeryPath() throws Exception {
    Path own = wrapped.getPath(temporary.toString());
    try (WatchService service = wrapped.newWatchService()) {
      WatchKey key = own.register(service, ENTRY_CREATE);
      assertThat(key.watchable()).isSameAs(own);
    }
    FileSystem memory = INotifyFileSystemProvider.wrap(other);
    Path directory = memory.getPath("").toAbsolutePath();
    try (WatchService service = memory.newWatchService()) {
      assertThat(directory.register(service, ENTRY_CREATE).watchable()).isSameAs(directory);
    }
  }

  // Others

  @Test
  void newFileSystem_ofAWrappedProviderHasItsOwnProvider() throws Exception {
    FileSystemProvider zips =
        FileSystemProvider.installedProviders().stream()
            .filter(installed -> installed.getScheme().equals("jar"))
            .findFirst()
            .orElseThrow();
    Path first = temporary.resolve("first.zip");
    Path second = temporary.resolve("second.zip");
    Map<String, String> create = Map.of("create", "true");
    try (FileSystem one =
            INotifyFileSystemProvider.wrap(
                zips.newFileSystem(URI.create("jar:" + first.toUri()), create));
        FileSystem two =
            one.provider().newFileSystem(URI.create("jar:" + second.toUri()), create)) {
      Path file = Files.createFile(two.getPath("/in second"));
      try (Stream<Path> inOne = Files.list(one.getPath("/"));
          Stream<Path> inTwo = Files.list(two.getPath("/"))) {
        assertThat(inOne).isEmpty();
        assertThat(inTwo).containsExactly(file);
      }
      assertThat(one.provider().getFileSystem(URI.create("jar:" + first.toUri()))).isSameAs(one);
      assertThat(Files.copy(file, one.getPath("/copied")).getFileSystem()).isSameAs(one);
    }
  }

  @Test
  void newFileSystem_schemeIsNoHindranceForOthers() throws Exception {
    FileSystemProvider inotify = scheme().provider();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> inotify.newFileSystem(other.getPath("/a.zip"), Map.of()));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> inotify.newFileSystem(Path.of("a.zip"), Map.of()));
  }

  private static FileSystem scheme() {
    return FileSystems.getFileSystem(URI.create("inotify:///"));
  }

  private static URI rootUri() {
    return URI.create("file:///");
  }
}
