package org.inotify4j.fs;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a provider that came with JDK 20, where they are. Without them a file that does
 * not exist costs an exception each time that somebody looks for it.
 */
final class NewerMethods {

  private static final @Nullable MethodHandle EXISTS =
      find("exists", MethodType.methodType(boolean.class, Path.class, LinkOption[].class));

  private static final @Nullable MethodHandle READ_ATTRIBUTES_IF_EXISTS =
      find(
          "readAttributesIfExists",
          MethodType.methodType(
              BasicFileAttributes.class, Path.class, Class.class, LinkOption[].class));

  private NewerMethods() {}

  static boolean exists(FileSystemProvider provider, Path path, LinkOption... options) {
    try {
      if (EXISTS != null) {
        return (boolean) EXISTS.invokeExact(provider, path, options);
      }
      if (options.length == 0) {
        provider.checkAccess(path);
      } else {
        provider.readAttributes(path, BasicFileAttributes.class, options);
      }
      return true;
    } catch (IOException e) {
      return false;
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  static <A extends BasicFileAttributes> @Nullable A readAttributesIfExists(
      FileSystemProvider provider, Path path, Class<A> type, LinkOption... options)
      throws IOException {
    try {
      if (READ_ATTRIBUTES_IF_EXISTS != null) {
        return type.cast(
            (BasicFileAttributes)
                READ_ATTRIBUTES_IF_EXISTS.invokeExact(provider, path, (Class<?>) type, options));
      }
      return provider.readAttributes(path, type, options);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  private static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }

  private static @Nullable MethodHandle find(String name, MethodType type) {
    try {
      return MethodHandles.publicLookup().findVirtual(FileSystemProvider.class, name, type);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }
}
