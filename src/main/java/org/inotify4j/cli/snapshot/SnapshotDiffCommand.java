package org.inotify4j.cli.snapshot;

import static org.inotify4j.cli.base.RawArguments.bytes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.ExitCode;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.cli.base.TreeReading;
import org.inotify4j.cli.format.EventFormat;
import org.inotify4j.cli.format.JsonFormat;
import org.inotify4j.cli.format.TextFormat;
import org.inotify4j.cli.options.HelpOption;
import org.inotify4j.snapshot.SnapshotChange;
import org.inotify4j.snapshot.TreeSnapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code snapshot diff}. */
@Command(
    name = "diff",
    description = "Prints what differs from what was saved, as 'inotify4j watch' prints events.",
    exitCodeOnInvalidInput = ExitCode.TROUBLE,
    customSynopsis = "inotify4j snapshot diff [OPTION]... PATH FILE",
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footer = {
      "",
      "Events, in an order in which they can be done one by one:",
      "  CREATE, DELETE          an entry came or went; one after the other: it is another one",
      "  MODIFY                  a file was written to, or its attributes changed, or it was so",
      "                          shortly before it was saved that nobody can tell",
      "  ATTRIB                  the permissions of a directory changed, if they were saved",
      "  MOVED_FROM, MOVED_TO    it has another name; a directory with all that is in it",
      "",
      "Exit codes: 0 nothing differs, 1 something does, 2 an error."
    })
public final class SnapshotDiffCommand implements Callable<Integer> {

  /** About so many characters are printed at once: all of them may fit into no heap. */
  private static final int LOT = 64 * 1024;

  @Parameters(index = "0", paramLabel = "PATH", description = "The directory that was saved.")
  private String path = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "What 'snapshot save' wrote.")
  private String file = "";

  @Option(
      names = "--json",
      description = "Print JSON, one object a line; a name that is not UTF-8 as base64 too.")
  private boolean json;

  @Mixin
  @SuppressWarnings("unused") // picocli acts on it
  private HelpOption help = new HelpOption();

  private final Console console;

  /** One that prints to a console. */
  public SnapshotDiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return TreeReading.attempt(console, this::compare);
  }

  private int compare() throws IOException {
    PathNames.checkName(bytes(path));
    PathNames.checkName(bytes(file));
    Path root = PathNames.path(bytes(path));
    TreeSnapshot older = TreeSnapshot.load(PathNames.path(bytes(file)), root);
    TreeSnapshot newer = TreeSnapshot.take(root, older.filter(), TreeReading.threads());
    TreeReading.sayUnreadable(console, bytes(path), newer);
    List<SnapshotChange> changes = newer.changesSince(older);
    print(changes);
    return changes.isEmpty() ? ExitCode.SAME : ExitCode.DIFFERENT;
  }

  private void print(List<SnapshotChange> changes) throws IOException {
    EventFormat format = json ? new JsonFormat() : TextFormat.of(TextFormat.DEFAULT, "\n");
    ChangeTexts texts = new ChangeTexts(bytes(path), format);
    List<String> lot = new ArrayList<>();
    long length = 0;
    boolean isRead = true;
    for (int i = 0; i < changes.size() && isRead; i++) {
      int first = lot.size();
      texts.add(changes.get(i), lot);
      length += lot.subList(first, lot.size()).stream().mapToLong(String::length).sum();
      if (length > LOT || i + 1 == changes.size()) {
        isRead = console.print(lot);
        lot.clear();
        length = 0;
      }
    }
  }
}
