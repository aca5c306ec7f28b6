package org.inotify4j.cli.snapshot;

import static org.inotify4j.cli.base.RawArguments.bytes;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.ExitCode;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.cli.base.TreeReading;
import org.inotify4j.cli.options.HelpOption;
import org.inotify4j.cli.options.IgnoreOptions;
import org.inotify4j.snapshot.TreeFilter;
import org.inotify4j.snapshot.TreeSnapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code snapshot save}. */
@Command(
    name = "save",
    description =
        "Writes what is in a directory and below it to a file, which is replaced at once.",
    exitCodeOnInvalidInput = ExitCode.TROUBLE,
    customSynopsis = "inotify4j snapshot save [OPTION]... PATH FILE",
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false)
public final class SnapshotSaveCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "PATH", description = "A directory.")
  private String path = "";

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description =
          "Where it is kept: a regular file, or a link to one, or nothing yet. In PATH itself it"
              + " would be what differs each time.")
  private String file = "";

  @Mixin private IgnoreOptions ignored = new IgnoreOptions();

  @Option(
      names = "--mode",
      description = "Keep permissions, to tell where those of directories change.")
  private boolean mode;

  @Mixin
  @SuppressWarnings("unused") // picocli acts on it
  private HelpOption help = new HelpOption();

  private final Console console;

  /** One that prints to a console. */
  public SnapshotSaveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return TreeReading.attempt(console, this::save);
  }

  private int save() throws IOException {
    PathNames.checkName(bytes(path));
    PathNames.checkName(bytes(file));
    TreeFilter filter = mode ? TreeFilter.EVERYTHING.withMode() : TreeFilter.EVERYTHING;
    for (byte[] pattern : ignored.patterns()) {
      filter = filter.exclude(pattern);
    }
    TreeSnapshot taken =
        TreeSnapshot.take(PathNames.path(bytes(path)), filter, TreeReading.threads());
    TreeReading.sayUnreadable(console, bytes(path), taken);
    taken.save(PathNames.path(bytes(file)));
    return ExitCode.SAME;
  }
}
