package org.inotify4j.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inotify4j.Mask;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;

/** A kernel that notes what a hub asks of it, and answers as a test says. */
final class NotingKernel {

  /** The descriptors of the only pipe that it makes. */
  static final int READER = 61;

  static final int WRITER = 62;

  /** The descriptor of its instance. */
  private static final int INOTIFY = 3;

  final LibC libC = Intercepted.by(this::call);

  private final List<String> calls = new ArrayList<>();
  private final Map<String, Integer> answers = new HashMap<>(Map.of("inotifyInit1", INOTIFY));
  private final Map<String, Runnable> meanwhile = new HashMap<>();

  /** What it tells of the watches; so far that there is the one of the marks. */
  private String watches = lines(1);

  /** What of that has not been read. */
  private String unread = "";

  /** From now on a call returns this; so far it is 0. */
  void answer(String call, int result) {
    answers.put(call, result);
  }

  void answer(String call, Errno errno) {
    answer(call, -errno.number());
  }

  /** The next such call is not made for this. */
  void fault(String call, Error error) {
    during(
        call,
        () -> {
          throw error;
        });
  }

  /** While the next such call is on its way, another thread does this. */
  void during(String call, Runnable action) {
    meanwhile.put(call, action);
  }

  /** The watches that it tells of from now on. */
  void tellWatches(int... wds) {
    watches = lines(wds);
  }

  private static String lines(int... wds) {
    return Arrays.stream(wds)
        .mapToObj(wd -> "inotify wd:" + Integer.toHexString(wd) + " ino:9\n")
        .collect(joining());
  }

  /** An instance of it, whose descriptor nobody closes. */
  Instance instance() throws IOException {
    Instance instance = new Instance(libC, ScriptedINotify.openForHub(libC));
    calls.clear();
    return instance;
  }

  /** What it was asked since the last time, such as {@code add /proc/self/fd/5 CREATE}. */
  List<String> asked() {
    List<String> asked = List.copyOf(calls);
    calls.clear();
    return asked;
  }

  @SuppressWarnings("ReferenceEquality") // That is what the equality of this object is.
  private Object call(Method method, Object[] arguments) {
    String name = method.getName();
    if (name.equals("equals")) {
      return arguments[0] == libC;
    }
    Runnable action = meanwhile.remove(name);
    if (action != null) {
      action.run();
    }
    int result = answers.getOrDefault(name, 0);
    switch (name) {
      case "inotifyAddWatch" ->
          calls.add(
              "add " + Intercepted.text(arguments[1]) + " " + Mask.toString((int) arguments[2]));
      case "inotifyRmWatch" -> calls.add("remove " + arguments[1]);
      case "memfdCreate" -> calls.add(Intercepted.text(arguments[0]) + " " + arguments[1]);
      case "fchmod", "ftruncate", "close" -> calls.add(name + " " + arguments[0]);
      case "pipe2" -> {
        calls.add("pipe2 " + Integer.toHexString((int) arguments[1]));
        ((ByteBuffer) arguments[0]).putInt(0, READER).putInt(Integer.BYTES, WRITER);
      }
      case "open" -> {
        calls.add("open " + Intercepted.text(arguments[0]) + " " + arguments[1]);
        unread = watches;
      }
      case "read" -> {
        return result == 0 ? read((ByteBuffer) arguments[1]) : result;
      }
      default -> calls.add(name);
    }
    return result;
  }

  private int read(ByteBuffer target) {
    byte[] bytes = unread.getBytes(US_ASCII);
    target.put(0, bytes);
    unread = "";
    return bytes.length;
  }
}
