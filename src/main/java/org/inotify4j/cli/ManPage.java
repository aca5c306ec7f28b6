package org.inotify4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Writes the manual page of the command, as roff for man(7), from what its help is made of: so they
 * cannot differ.
 */
final class ManPage {

  /** What stands for a newline and for a percent sign in the texts. */
  private static final Pattern MARKUP = Pattern.compile("%[n%]");

  private final CommandSpec root;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandSpec root) {
    this.root = root;
  }

  /** The page of a command with all of its own. */
  static String of(CommandSpec root, String version) {
    return new ManPage(root).write(version);
  }

  private String write(String version) {
    String name = root.name();
    line(".TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" \"" + escaped(version) + "\"");
    line(".SH NAME");
    line(escaped(name) + " \\- " + escaped(text(root.usageMessage().description())));
    line(".SH SYNOPSIS");
    synopsis(root);
    for (CommandSpec command : commands(root)) {
      line(".SH \"" + escaped(title(command)) + "\"");
      description(command);
      parameters(command);
      footer(command);
    }
    line(".SH SEE ALSO");
    line(".BR inotifywait (1),");
    line(".BR inotifywatch (1),");
    line(".BR inotify (7)");
    return page.toString();
  }

  /** The commands that do something, those of a command behind it. */
  private static List<CommandSpec> commands(CommandSpec command) {
    List<CommandSpec> all = new ArrayList<>();
    for (var one : command.subcommands().values()) {
      CommandSpec spec = one.getCommandSpec();
      if (!spec.usageMessage().hidden()) {
        all.add(spec);
        all.addAll(commands(spec));
      }
    }
    return all;
  }

  private String title(CommandSpec command) {
    String whole = command.qualifiedName().substring(root.name().length() + 1);
    return whole.toUpperCase(Locale.ROOT);
  }

  private void synopsis(CommandSpec command) {
    for (String form : command.usageMessage().customSynopsis()) {
      line(".br");
      line(escaped(form.strip()));
    }
  }

  private void description(CommandSpec command) {
    UsageMessageSpec usage = command.usageMessage();
    synopsis(command);
    for (String paragraph : usage.description()) {
      line(".PP");
      line(escaped(text(paragraph)));
    }
  }

  private void parameters(CommandSpec command) {
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      entry("\\fI" + escaped(parameter.paramLabel()) + "\\fR", parameter.description());
    }
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        entry(names(option), option.description());
      }
    }
  }

  private static String names(OptionSpec option) {
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      names.add("\\fB" + escaped(name) + "\\fR");
    }
    String all = String.join(", ", names);
    if (option.arity().max() == 0) {
      return all;
    }
    String value = "\\fI" + escaped(option.paramLabel()) + "\\fR";
    return option.arity().min() == 0 ? all + "[=" + value + "]" : all + " " + value;
  }

  private void entry(String term, String[] description) {
    line(".TP");
    line(term);
    for (String paragraph : description) {
      line(escaped(text(paragraph)));
    }
  }

  /** What follows the options, line by line as it is there. */
  private void footer(CommandSpec command) {
    String[] footer = command.usageMessage().footer();
    if (footer.length == 0) {
      return;
    }
    line(".PP");
    line(".nf");
    for (String one : footer) {
      line(escaped(text(one)));
    }
    line(".fi");
  }

  private static String text(String... markup) {
    String plain = Ansi.OFF.string(String.join(" ", markup));
    return MARKUP.matcher(plain).replaceAll(found -> found.group().equals("%n") ? " " : "%");
  }

  /** Text of which nothing is a request, nor a sign that roff writes in another way. */
  private static String escaped(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq");
    return escaped.startsWith(".") ? "\\&" + escaped : escaped;
  }

  private void line(String line) {
    page.append(line).append('\n');
  }
}
