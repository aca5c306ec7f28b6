package org.inotify4j.entries;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;

/** What is to be told of trees so deep that the paths of all entries fit into no heap. */
final class DeepDifferencesTest {

  private static final int DIRECTORY = 0x4000;
  private static final int FILE = 0x8000;

  /** Adds an entry with an inode of its own. */
  private static int add(EntryColumns table, int parent, String name, int mode, long inode) {
    int row = table.add(parent, name.getBytes(ISO_8859_1), 0, name.length());
    table.setRaw(row, inode, 0, 0, 0);
    table.setRaw(row, mode, table.devices().index(1), 0);
    return row;
  }

  private static EntryColumns tree() {
    EntryColumns table = new EntryColumns(0, 0);
    int unused = add(table, EntryColumns.NONE, "", DIRECTORY, 1);
    return table;
  }

  /** Two rows of directories, one in the other, with an entry at the end of each. */
  private static EntryColumns deep(int depth) {
    EntryColumns table = tree();
    int left = EntryColumns.ROOT;
    int right = EntryColumns.ROOT;
    for (int i = 1; i <= depth; i++) {
      left = add(table, left, "l", DIRECTORY, 10 + 2L * i);
      right = add(table, right, "r", DIRECTORY, 11 + 2L * i);
    }
    int unused = add(table, left, "directory", DIRECTORY, 2);
    unused = add(table, right, "file", FILE, 3);
    return table;
  }

  private static List<String> told(Differences differences) {
    List<String> told = new ArrayList<>();
    while (differences.next()) {
      String from = new String(differences.from(), ISO_8859_1);
      told.add(differences.type() + " " + from + ">" + new String(differences.path(), ISO_8859_1));
    }
    return told;
  }

  @Test
  void pathsAreThoseOfTheMoment_ofWhatMovesAndGoes() {
    EntryColumns newer = tree();
    // The topmost directory of the left moves into what was at its end, which comes to the root.
    int directory = add(newer, EntryColumns.ROOT, "directory", DIRECTORY, 2);
    int left = add(newer, directory, "L", DIRECTORY, 12);
    int unused = add(newer, left, "file", FILE, 3);

    assertThat(told(Differences.between(deep(3), newer)))
        .containsExactly(
            "MOVED l/l/l/directory>directory",
            "MOVED l>directory/L",
            "MOVED r/r/r/file>directory/L/file",
            "DELETED >r/r/r",
            "DELETED >directory/L/l/l",
            "DELETED >r/r",
            "DELETED >directory/L/l",
            "DELETED >r");
  }

  @Test
  void takeRoomInProportionToWhatThereIs() throws Exception {
    String output = ChildJvm.of(Program.class).options("-Xmx48m").run().output();
    assertThat(output.lines())
        .containsExactly("20002 DELETED, 200040013 bytes", "10002 CREATED, 50020013 bytes");
  }

  /** Prints how much is told when all goes, and when half of it comes. */
  static final class Program {

    private Program() {}

    public static void main(String[] arguments) {
      print(Differences.between(deep(10_000), tree()));
      print(Differences.between(tree(), deep(5_000)));
    }

    private static void print(Differences differences) {
      int count = 0;
      long length = 0;
      String type = "";
      while (differences.next()) {
        count++;
        length += differences.path().length;
        type = differences.type().name();
      }
      System.out.println(count + " " + type + ", " + length + " bytes");
    }
  }
}
