package org.inotify4j.cli.base;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.base.Escaping;

/**
 * Gets the arguments as the bytes that the process was given, where the JVM has decoded them with
 * loss: in the POSIX locale every byte that is not ASCII is lost, in UTF-8 every malformed one.
 *
 * <p>The bytes travel through the option parser in strings with one char a byte, that is, decoded
 * as ISO 8859-1: no byte is lost in it, and ASCII looks the same.
 */
public final class RawArguments {

  private RawArguments() {}

  /**
   * The arguments with one char a byte.
   *
   * @param args the arguments as the JVM has decoded them
   * @param commandLine the file with the process's NUL-terminated arguments, these being the last
   */
  public static String[] latin1(String[] args, Path commandLine) {
    if (areAscii(args)) {
      return args;
    }
    List<String> raw;
    try {
      raw = entries(new String(Files.readAllBytes(commandLine), ISO_8859_1));
    } catch (IOException e) {
      raw = List.of();
    }
    int offset = raw.size() - args.length;
    String[] exact = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      exact[i] = isAscii(args[i]) || offset < 0 ? latin1(args[i]) : raw.get(offset + i);
    }
    return exact;
  }

  /** Text of any kind with one char a byte, as if it were an argument. */
  public static String latin1(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  /** Bytes with one char each, as if they were an argument. */
  public static String latin1(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /** The bytes of an argument. */
  public static byte[] bytes(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  /** The text of an argument that is meant to be UTF-8. */
  public static String text(String latin1) {
    return new String(bytes(latin1), UTF_8);
  }

  /** What was said about arguments, in one line that is safe to be shown. */
  public static String lineForPeople(String latin1) {
    return Escaping.line(bytes(latin1));
  }

  /** An argument, safe to be shown. */
  public static String escapedForPeople(String latin1) {
    return Escaping.escape(bytes(latin1));
  }

  private static List<String> entries(String terminated) {
    List<String> entries = new ArrayList<>();
    int start = 0;
    for (int end; (end = terminated.indexOf('\0', start)) >= 0; start = end + 1) {
      entries.add(terminated.substring(start, end));
    }
    return entries;
  }

  private static boolean areAscii(String... texts) {
    for (String text : texts) {
      if (!isAscii(text)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
