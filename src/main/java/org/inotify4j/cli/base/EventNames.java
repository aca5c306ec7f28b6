package org.inotify4j.cli.base;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.inotify4j.Flag;
import org.inotify4j.INotifyEvent;
import org.inotify4j.Mask;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Knows inotifywait's names of the events: those that options take, and those that are printed. */
public final class EventNames implements ITypeConverter<Integer> {

  private static final Map<String, Integer> MASKS = masks();

  private static Map<String, Integer> masks() {
    Map<String, Integer> masks = new TreeMap<>();
    for (Flag flag : Flag.of(Mask.ALL_EVENTS | Flag.UNMOUNT.bit())) {
      masks.put(flag.name().toLowerCase(Locale.ROOT), flag.bit());
    }
    masks.put("close", Mask.CLOSE);
    masks.put("move", Mask.MOVE);
    return masks;
  }

  /** The mask of all the names, which commas separate. None at all is a mistake, at the end too. */
  @Override
  public Integer convert(String names) {
    int mask = 0;
    for (String name : names.split(",", -1)) {
      mask |= mask(name);
    }
    return mask;
  }

  /** The mask of one name, in capital letters or small ones. */
  public static int mask(String name) {
    Integer mask = MASKS.get(name.toLowerCase(Locale.ROOT));
    if (mask == null) {
      throw new TypeConversionException(
          "no such event: '" + name + "' (there are: " + known() + ")");
    }
    return mask;
  }

  /** The names that {@link #mask} knows, in one line. */
  static String known() {
    return String.join(", ", MASKS.keySet());
  }

  /**
   * The names of an event's flags. As with inotifywait, either kind of close is a CLOSE as well.
   *
   * @param found the name of what was found, which comes first; empty where there is none
   */
  public static List<String> of(INotifyEvent event, String found) {
    List<String> names = new ArrayList<>();
    if (!found.isEmpty()) {
      names.add(found);
    }
    for (Flag flag : event.flags()) {
      if (flag == Flag.ISDIR) {
        addClose(event, names);
      }
      names.add(flag.name());
    }
    if (!Flag.ISDIR.isIn(event.mask())) {
      addClose(event, names);
    }
    return names;
  }

  private static void addClose(INotifyEvent event, List<String> names) {
    if ((event.mask() & Mask.CLOSE) != 0) {
      names.add("CLOSE");
    }
  }
}
