package org.inotify4j.cli.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import org.inotify4j.base.Escaping;

/** Writes names as JSON, so that no byte of them is lost and none of them steers a terminal. */
public final class JsonText {

  private JsonText() {}

  /** Writes a name's bytes: as text, and in base64 too where they are no UTF-8. */
  public static void bytes(JsonWriter json, String name, byte[] value) throws IOException {
    json.name(name).value(new String(value, UTF_8));
    if (!isUtf8(value)) {
      json.name(name + "Base64").value(Base64.getEncoder().encodeToString(value));
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Escapes what gson leaves as it is, all of it within strings. */
  public static String escaped(String json) {
    StringBuilder escaped = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            codePoint -> {
              if (Escaping.isUnsafe(codePoint)) {
                for (char c : Character.toChars(codePoint)) {
                  escaped.append(String.format("\\u%04x", (int) c));
                }
              } else {
                escaped.appendCodePoint(codePoint);
              }
            });
    return escaped.toString();
  }
}
