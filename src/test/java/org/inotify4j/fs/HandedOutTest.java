package org.inotify4j.fs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that is handed out is wrapped: the methods that give paths are found by reflection, so
 * that one that a newer JDK brings is noticed.
 */
final class HandedOutTest {

  private final FileSystem wrapped = INotifyFileSystemProvider.wrap(FileSystems.getDefault());
  private final FileSystemProvider provider = wrapped.provider();

  /** What gives paths, by method. */
  private final Map<String, Callable<@Nullable Object>> calls = new TreeMap<>();

  @TempDir private Path temporary;

  @BeforeEach
  void describeCalls() throws Exception {
    Path dir = wrapped.getPath(temporary.toString());
    Path plain = Files.createFile(temporary.resolve("f"));
    Path link = Files.createSymbolicLink(dir.resolve("link"), plain);
    Path plainRelative = Path.of("r");

    calls.put("Path.getFileSystem", dir::getFileSystem);
    calls.put("Path.getRoot", dir::getRoot);
    calls.put("Path.getFileName", dir::getFileName);
    calls.put("Path.getParent", dir::getParent);
    calls.put("Path.getName", () -> dir.getName(0));
    calls.put("Path.subpath", () -> dir.subpath(0, 1));
    calls.put("Path.normalize", dir::normalize);
    calls.put(
        "Path.resolve",
        () -> List.of(dir.resolve(plain), dir.resolve(plainRelative), dir.resolve("r")));
    calls.put(
        "Path.resolveSibling",
        () ->
            List.of(
                wrapped.getPath("a").resolveSibling(plainRelative),
                dir.resolveSibling(plain),
                wrapped.getPath("a").resolveSibling("b")));
    calls.put("Path.relativize", () -> dir.relativize(plain));
    calls.put("Path.toAbsolutePath", () -> wrapped.getPath("a").toAbsolutePath());
    calls.put("Path.toRealPath", link::toRealPath);
    calls.put("Path.iterator", dir::iterator);
    calls.put("FileSystem.getPath", () -> wrapped.getPath("a"));
    calls.put("FileSystem.getRootDirectories", wrapped::getRootDirectories);
    calls.put("FileSystem.provider", () -> wrapped.provider().getPath(plain.toUri()));
    calls.put(
        "FileSystemProvider.getFileSystem", () -> provider.getFileSystem(Path.of("/").toUri()));
    calls.put("FileSystemProvider.newFileSystem", List::of); // The native one makes no other.
    calls.put("FileSystemProvider.getPath", () -> provider.getPath(plain.toUri()));
    calls.put("FileSystemProvider.readSymbolicLink", () -> provider.readSymbolicLink(link));
    calls.put(
        "FileSystemProvider.newDirectoryStream",
        () -> provider.newDirectoryStream(temporary, path -> path instanceof INotifyPath));
    calls.put(
        "SecureDirectoryStream.newDirectoryStream",
        () -> {
          Files.createDirectories(dir.resolve("d/e"));
          try (DirectoryStream<Path> stream = Files.newDirectoryStream(dir)) {
            return ((SecureDirectoryStream<Path>) stream).newDirectoryStream(Path.of("d"));
          }
        });
    calls.put("SecureDirectoryStream.iterator", () -> Files.newDirectoryStream(dir).iterator());
  }

  @Test
  void everyPath_isWrapped() throws Exception {
    Set<String> givers = new TreeSet<>();
    for (Class<?> type :
        List.of(
            Path.class, FileSystem.class, FileSystemProvider.class, SecureDirectoryStream.class)) {
      for (Method method : overridable(type)) {
        if (givesPaths(method.getReturnType())) {
          givers.add(type.getSimpleName() + "." + method.getName());
        }
      }
    }
    givers.remove("FileSystem.getFileStores");
    assertThat(calls.keySet()).isEqualTo(givers);
    for (Map.Entry<String, Callable<@Nullable Object>> call : calls.entrySet()) {
      assertWrapped(call.getKey(), call.getValue().call());
    }
  }

  private void assertWrapped(String name, @Nullable Object given) throws Exception {
    if (given instanceof Path path) {
      assertThat(path).as(name).isInstanceOf(INotifyPath.class);
      assertThat(path.getFileSystem()).as(name).isSameAs(wrapped);
    } else if (given instanceof FileSystem fileSystem) {
      assertThat(fileSystem).as(name).isSameAs(wrapped);
    } else if (given instanceof DirectoryStream<?> stream) {
      try (stream) {
        assertThat(stream).as(name).isInstanceOf(SecureDirectoryStream.class);
        assertWrapped(name, stream.iterator());
      }
    } else if (given instanceof Iterable<?> paths) {
      assertWrapped(name, paths.iterator());
    } else {
      Iterator<?> paths = (Iterator<?>) given;
      while (paths.hasNext()) {
        assertWrapped(name, paths.next());
      }
    }
  }

  /** All but what an interface's own method makes of the others. */
  @Test
  void everyMethod_isOverridden() {
    assertThat(inherited(Path.class, INotifyPath.class))
        .isSubsetOf(
            "forEach(Consumer)",
            "spliterator()",
            "resolveSibling(String)",
            "resolve(Path, Path[])",
            "resolve(String, String[])");
    assertThat(inherited(FileSystem.class, INotifyFileSystem.class)).isEmpty();
    assertThat(inherited(FileSystemProvider.class, INotifyFileSystemProvider.class)).isEmpty();
    assertThat(inherited(SecureDirectoryStream.class, WrappedSecureDirectoryStream.class))
        .isSubsetOf("forEach(Consumer)", "spliterator()");
  }

  private static Set<String> inherited(Class<?> type, Class<?> ours) {
    Set<String> inherited = new TreeSet<>();
    for (Method method : overridable(type)) {
      try {
        ours.getDeclaredMethod(method.getName(), method.getParameterTypes());
      } catch (NoSuchMethodException e) {
        inherited.add(
            Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(joining(", ", method.getName() + "(", ")")));
      }
    }
    return inherited;
  }

  private static List<Method> overridable(Class<?> type) {
    List<Method> methods = new ArrayList<>();
    for (Method method : type.getMethods()) {
      if (method.getDeclaringClass() != Object.class
          && !Modifier.isStatic(method.getModifiers())
          && !Modifier.isFinal(method.getModifiers())) {
        methods.add(method);
      }
    }
    return methods;
  }

  private static boolean givesPaths(Class<?> type) {
    return Arrays.<Class<?>>asList(
            Path.class,
            FileSystem.class,
            FileSystemProvider.class,
            Iterator.class,
            Iterable.class,
            DirectoryStream.class,
            SecureDirectoryStream.class)
        .contains(type);
  }
}
