package org.inotify4j.cli.doctor;

import static org.inotify4j.cli.base.RawArguments.bytes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.inotify4j.INotifyLimits;
import org.inotify4j.INotifyUsage;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.ExitCode;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.cli.base.RawArguments;
import org.inotify4j.cli.base.TreeReading;
import org.inotify4j.cli.options.HelpOption;
import org.inotify4j.snapshot.TreeFilter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code doctor}: why does a watcher not work? */
@Command(
    name = "doctor",
    description = {
      "Tells why a watcher does not work: the limits and who uses them, what inotify tells of each"
          + " PATH and how many watches it takes, and for what is wrong the command that mends it."
    },
    exitCodeOnInvalidInput = ExitCode.TROUBLE,
    customSynopsis = "inotify4j doctor [OPTION]... [PATH]...",
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 all is well; 1 something is wrong; 2 an error.",
      "",
      "Nothing is changed but by --probe, which makes an empty file and removes it. Run it as",
      "root to have the processes of all users counted, and as the user of a watcher to see its",
      "limits.",
      "",
      "Example: whether a tree can be watched",
      "  inotify4j doctor --exclude node_modules/ --probe /srv/app"
    })
public final class DoctorCommand implements Callable<Integer> {

  private static final Path ROOT = Path.of("/");

  @Parameters(paramLabel = "PATH", arity = "0..*", description = "What is to be watched.")
  private List<String> paths = List.of();

  @Option(
      names = {"--exclude", "--ignore"},
      paramLabel = "PATTERN",
      description =
          "Leave out directories that match, and what is below them; several times for more. A"
              + " PATTERN is a line as of a .gitignore in each PATH.")
  private List<String> exclusions = List.of();

  @Option(
      names = "--gitignore",
      description =
          "Leave out what git does: what each .gitignore and .git/info/exclude say, and .git.")
  private boolean gitIgnore;

  @Option(
      names = "--probe",
      description =
          "Make a file in each PATH, or beside it, remove it, and say how soon that was heard of.")
  private boolean probe;

  @Option(names = "--json", description = "Print all of it as JSON, one object in one line.")
  private boolean json;

  @Mixin
  @SuppressWarnings("unused") // picocli acts on it
  private HelpOption help = new HelpOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Console console;

  /** One that prints to a console. */
  public DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    TreeFilter filter = filter();
    return TreeReading.attempt(console, () -> run(filter));
  }

  private int run(TreeFilter filter) throws IOException {
    for (String path : paths) {
      PathNames.checkName(bytes(path));
    }
    Diagnosis diagnosis = diagnosis(filter);
    console.print(List.of(json ? DoctorJson.of(diagnosis) : DoctorText.of(diagnosis)));
    return diagnosis.isWell() ? ExitCode.WELL : ExitCode.WRONG;
  }

  private Diagnosis diagnosis(TreeFilter filter) throws IOException {
    // Before this command opens an instance of its own.
    INotifyUsage usage = INotifyUsage.read();
    SystemFacts system = SystemFacts.read(ROOT, System.getenv());
    JavaFacts java = JavaFacts.read();
    List<LimitFacts> limits =
        LimitFacts.of(INotifyLimits.current(), usage, system, new SettingSources(ROOT));
    List<PathFacts> looked = new ArrayList<>();
    if (!java.nativeLayer().isEmpty()) {
      WatchCount count = new WatchCount(paths.size() > 1);
      Mounts mounts = Mounts.read(ROOT.resolve("proc"));
      PathCheck check = new PathCheck(mounts, filter, gitIgnore, probe, count);
      paths.forEach(path -> looked.add(check.look(path)));
    }
    List<DoctorProblem> problems = Problems.of(system, java, limits, usage, looked);
    return new Diagnosis(system, java, limits, usage, looked, problems);
  }

  private TreeFilter filter() {
    TreeFilter filter = TreeFilter.EVERYTHING;
    for (String pattern : exclusions) {
      try {
        filter = filter.exclude(bytes(pattern));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            spec.commandLine(), RawArguments.latin1("--exclude: " + e.getMessage()), e);
      }
    }
    return filter;
  }
}
