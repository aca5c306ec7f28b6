package org.inotify4j;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the library says, in exceptions, in problems and in the log, is on the page for that. Of
 * each text the longest part between two values counts, and of that four words in a row.
 */
final class MessagesTest {

  private static final Path PAGE = Path.of("src/site/markdown/when-it-goes-wrong.md");

  /** What has fewer words is no sentence. */
  private static final int FEWEST = 3;

  private static final int TELLING = 4;

  /**
   * Whose texts are for others: those of flight recordings, names of the kernel's errors, how to
   * write a pattern, which stands behind a colon, why a layer was chosen, and locks of the tests.
   */
  private static final Set<String> OTHERS =
      Set.of(
          "FlightRecords.java",
          "Errno.java",
          "GlobRule.java",
          "NameGlob.java",
          "LayerChoice.java",
          "OrderedLock.java");

  /** What is impossible, what somebody catches, and what is none of ours. */
  private static final List<String> INTERNAL =
      List.of(
          "Max open files",
          "looking up function",
          "narrowing the mask of",
          "memory does not fail",
          "a change without an entry",
          "a directory was not read",
          "the hub is closed before it is open",
          "a part of this library is missing",
          "JNA does not bind a function",
          "/status does not say whose it is",
          "a wrapped file system",
          "a name that");

  @Test
  void eachText_isOnThePage() throws IOException {
    String page = words(Files.readString(PAGE));
    List<String> missing = new ArrayList<>();
    Sources.forEach(
        (unit, positions) -> {
          Path file = Path.of(unit.getSourceFile().getName());
          String name = String.valueOf(file.getFileName());
          if (!file.toString().contains("/cli/") && !OTHERS.contains(name)) {
            Texts texts = new Texts();
            unit.accept(texts, null);
            texts.found.stream()
                .filter(text -> INTERNAL.stream().noneMatch(text::startsWith))
                .filter(text -> !isIn(page, words(text)))
                .forEach(text -> missing.add(name + ": " + text));
          }
        });
    assertThat(missing).isEmpty();
  }

  private static boolean isIn(String page, String text) {
    List<String> all = List.of(text.strip().split(" "));
    int length = Math.min(TELLING, all.size());
    for (int at = 0; at + length <= all.size(); at++) {
      if (page.contains(" " + String.join(" ", all.subList(at, at + length)) + " ")) {
        return true;
      }
    }
    return all.size() < FEWEST;
  }

  /** Its words, with a space around each, without what only marks or divides them. */
  private static String words(String text) {
    return Stream.of(text.split("[\\s|]+"))
        .map(word -> word.replaceAll("^\\W+|\\W+$|[*`\\\\]", ""))
        .filter(word -> !word.isEmpty())
        .collect(joining(" ", " ", " "));
  }

  /** The longest part of each text. */
  private static final class Texts extends TreeScanner<Void, Void> {

    final List<String> found = new ArrayList<>();

    @Override
    public Void visitNewClass(NewClassTree call, Void unused) {
      // The names of tasks are for who looks at threads.
      return call.getIdentifier().toString().equals("Task")
          ? null
          : super.visitNewClass(call, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
      // What must not be null is in the Javadoc, and what of a file was altered helps nobody.
      String method = call.getMethodSelect().toString();
      return method.equals("Objects.requireNonNull") || method.equals("altered")
          ? null
          : super.visitMethodInvocation(call, null);
    }

    @Override
    public Void visitBinary(BinaryTree sum, Void unused) {
      List<String> parts = new ArrayList<>(List.of(""));
      addParts(sum, parts);
      parts.stream()
          .max(Comparator.comparingInt(part -> words(part).length()))
          .ifPresent(found::add);
      return null;
    }

    @Override
    public Void visitLiteral(LiteralTree literal, Void unused) {
      if (literal.getValue() instanceof String text) {
        found.add(text);
      }
      return null;
    }

    private void addParts(ExpressionTree tree, List<String> parts) {
      if (tree instanceof BinaryTree sum) {
        addParts(sum.getLeftOperand(), parts);
        addParts(sum.getRightOperand(), parts);
      } else if (tree instanceof LiteralTree literal && literal.getValue() instanceof String text) {
        parts.set(parts.size() - 1, parts.get(parts.size() - 1) + text);
      } else {
        parts.add("");
        tree.accept(this, null);
      }
    }
  }
}
