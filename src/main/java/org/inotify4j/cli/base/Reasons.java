package org.inotify4j.cli.base;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.base.Escaping;

/** Says in words why a file cannot be used, without its name, which the JDK says instead. */
public final class Reasons {

  private Reasons() {}

  /**
   * The exception whose message tells the user why a file cannot be used.
   *
   * @param what what it was to be used for
   * @param file as the user has spelled it, one char for each byte
   */
  public static IOException refused(String what, String file, IOException e) {
    String reason = Escaping.escape(of(e));
    return new IOException(what + " " + RawArguments.escapedForPeople(file) + ": " + reason, e);
  }

  /** Why, not escaped. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NotDirectoryException) {
      return "not a directory";
    }
    String reason = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }

  /** Why, with the name of the file, for the user. */
  public static String ofNamed(FileSystemException e) {
    return Escaping.escape(e.getFile() + ": " + of(e));
  }

  /** Why a path cannot be watched, for the user. */
  public static IOException notWatched(byte[] path, FileSystemException e) {
    String reason =
        e instanceof INotifyLimitException limit
            ? Escaping.escape(limit.getMessage())
            : reason(path, e);
    return new IOException(reason, e);
  }

  private static String reason(byte[] path, FileSystemException e) {
    return Escaping.escape(path) + ": " + of(e) + wayOut(e);
  }

  private static String wayOut(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "; make it first, or watch the directory that it will be in";
    } else if (e instanceof AccessDeniedException) {
      return "; it must be readable, and every directory on the way to it searchable";
    } else if (e instanceof NotDirectoryException) {
      return "; a file has nothing below it to watch";
    }
    return "";
  }
}
