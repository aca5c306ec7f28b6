package org.inotify4j.fs;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Paths that are not of the file system that is asked: refused, or taken in where they are plain.
 */
final class ForeignPathsTest {

  private static final FileSystem PLAIN = FileSystems.getDefault();

  private final FileSystem wrapped = INotifyFileSystemProvider.wrap(PLAIN);
  private final FileSystemProvider provider = wrapped.provider();

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

  private List<Path> foreign() {
    return List.of(other.getPath("/a"), INotifyFileSystemProvider.wrap(other).getPath("/a"));
  }

  @Test
  void foreignPaths_areUnlike() throws Exception {
    Path own = wrapped.getPath("/a");
    for (Path foreign : foreign()) {
      assertThat(own.startsWith(foreign)).isFalse();
      assertThat(own.endsWith(foreign)).isFalse();
      assertThat(own.equals(foreign)).isFalse();
      assertThat(provider.isSameFile(own, foreign)).isFalse();
      assertThat(Files.isSameFile(own, foreign)).isFalse();
    }
  }

  @Test
  void foreignPaths_compareTo() {
    Path own = wrapped.getPath("/a");
    for (Path foreign : foreign()) {
      assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> own.compareTo(foreign));
    }
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> own.compareTo(scheme().getPath("/a")));
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> own.compareTo(PLAIN.getPath("/a")));
  }

  @Test
  void foreignPaths_pathMatcherGoesByTheText() {
    for (Path foreign : foreign()) {
      assertThat(wrapped.getPathMatcher("glob:/a").matches(foreign)).isTrue();
      assertThat(wrapped.getPathMatcher("glob:/b").matches(foreign)).isFalse();
    }
  }

  @Test
  void foreignPaths_areRefused() {
    Path own = wrapped.getPath(temporary.toString(), "a");
    for (Path foreign : foreign()) {
      Map<String, ThrowingCallable> calls = calls(foreign, own);
      calls.put("Path.resolve", () -> own.resolve(foreign));
      calls.put("Path.relativize", () -> own.relativize(foreign));
      calls.put("Path.resolveSibling", () -> own.resolveSibling(foreign));
      calls.put("createSymbolicLink to", () -> provider.createSymbolicLink(own, foreign));
      calls.put("createLink to", () -> provider.createLink(own, foreign));
      calls.put("copy to", () -> provider.copy(own, foreign));
      calls.put("move to", () -> provider.move(own, foreign));
      calls.put("isSameFile", () -> provider.isSameFile(foreign, own));
      calls.put("isSameFile of two", () -> provider.isSameFile(foreign, foreign));
      calls.forEach(
          (name, call) ->
              assertThatExceptionOfType(ProviderMismatchException.class).as(name).isThrownBy(call));
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> provider.newFileSystem(foreign, Map.of()));
    }
  }

  @Test
  void foreignPaths_siblingOfAPathWithoutParentAsTheDelegate() {
    for (Path foreign : foreign()) {
      assertThat(PLAIN.getPath("a").resolveSibling(foreign)).isSameAs(foreign);
      assertThat(wrapped.getPath("a").resolveSibling(foreign)).isSameAs(foreign);
    }
  }

  @Test
  void nullPaths_areRefused() {
    Path own = wrapped.getPath("/a");
    Map<String, ThrowingCallable> calls = calls(nothing(), own);
    Path none = nothing();
    String noText = nothing();
    calls.put("startsWith", () -> own.startsWith(none));
    calls.put("startsWith text", () -> own.startsWith(noText));
    calls.put("endsWith", () -> own.endsWith(none));
    calls.put("endsWith text", () -> own.endsWith(noText));
    calls.put("compareTo", () -> own.compareTo(none));
    calls.put("resolve", () -> own.resolve(none));
    calls.put("resolve text", () -> own.resolve(noText));
    calls.put("resolveSibling", () -> own.resolveSibling(none));
    calls.put("resolveSibling text", () -> own.resolveSibling(noText));
    calls.put("relativize", () -> own.relativize(none));
    calls.put("register", () -> own.register(nothing(), ENTRY_CREATE));
    calls.put("getPath", () -> wrapped.getPath(noText));
    calls.put("getPathMatcher", () -> wrapped.getPathMatcher(noText));
    calls.put("matches", () -> wrapped.getPathMatcher("glob:*").matches(none));
    calls.put("isSameFile", () -> provider.isSameFile(own, none));
    calls.put("newFileSystem", () -> provider.newFileSystem(none, Map.of()));
    calls.put("getPath of a URI", () -> provider.getPath(nothing()));
    calls.put("newDirectoryStream filter", () -> provider.newDirectoryStream(own, nothing()));
    calls.put("wrap", () -> INotifyFileSystemProvider.wrap(nothing()));
    calls.forEach((name, call) -> assertThatNullPointerException().as(name).isThrownBy(call));
    assertThat(own.equals(none)).isFalse();
  }

  /** The provider's methods, called for a path that they must refuse. */
  private Map<String, ThrowingCallable> calls(Path path, Path own) {
    INotifyFileSystemProvider ours = (INotifyFileSystemProvider) provider;
    Class<BasicFileAttributes> basic = BasicFileAttributes.class;
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("newInputStream", () -> provider.newInputStream(path).close());
    calls.put("newOutputStream", () -> provider.newOutputStream(path).close());
    Set<StandardOpenOption> read = Set.of(StandardOpenOption.READ);
    calls.put("newFileChannel", () -> provider.newFileChannel(path, read).close());
    calls.put(
        "newAsynchronousFileChannel",
        () -> provider.newAsynchronousFileChannel(path, read, null).close());
    calls.put("newByteChannel", () -> provider.newByteChannel(path, read).close());
    calls.put("newDirectoryStream", () -> provider.newDirectoryStream(path, any -> true).close());
    calls.put("createDirectory", () -> provider.createDirectory(path));
    calls.put("createSymbolicLink", () -> provider.createSymbolicLink(path, own));
    calls.put("createLink", () -> provider.createLink(path, own));
    calls.put("delete", () -> provider.delete(path));
    calls.put("deleteIfExists", () -> provider.deleteIfExists(path));
    calls.put("readSymbolicLink", () -> provider.readSymbolicLink(path));
    calls.put("copy", () -> provider.copy(path, own));
    calls.put("move", () -> provider.move(path, own));
    calls.put("isHidden", () -> provider.isHidden(path));
    calls.put("getFileStore", () -> provider.getFileStore(path));
    calls.put("checkAccess", () -> provider.checkAccess(path));
    calls.put("exists", () -> ours.exists(path));
    calls.put("readAttributesIfExists", () -> ours.readAttributesIfExists(path, basic));
    calls.put(
        "getFileAttributeView",
        () -> provider.getFileAttributeView(path, BasicFileAttributeView.class));
    calls.put("readAttributes", () -> provider.readAttributes(path, basic));
    calls.put("readAttributes by name", () -> provider.readAttributes(path, "*"));
    calls.put("setAttribute", () -> provider.setAttribute(path, "size", 1));
    return calls;
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  @Test
  void plainPaths_areTakenIn() throws Exception {
    Path plain = Files.createFile(temporary.resolve("f"));
    Path own = wrapped.getPath(plain.toString());
    assertThat(provider.isSameFile(own, plain)).isTrue();
    assertThat(own.startsWith(temporary)).isTrue();
    assertThat(wrapped.getPath(temporary.toString()).relativize(plain))
        .isEqualTo(wrapped.getPath("f"));
    assertThat(own.resolve(plain)).isEqualTo(own).isInstanceOf(INotifyPath.class);
    assertThat(wrapped.getPath("a").resolveSibling(Path.of("b")))
        .isEqualTo(wrapped.getPath("b"))
        .isInstanceOf(INotifyPath.class);
    assertThat(provider.readAttributes(plain, BasicFileAttributes.class).isRegularFile()).isTrue();
  }

  private static FileSystem scheme() {
    return FileSystems.getFileSystem(URI.create("inotify:///"));
  }
}
