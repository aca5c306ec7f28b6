package org.inotify4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How much there may be in a method, a constructor and a class of the library, as its sources have
 * it: what is more has more than one job.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ShapesTest {

  private static final int MOST_LINES = 30;
  private static final int MOST_PARAMETERS = 6;
  private static final int MOST_CHANGING_FIELDS = 10;

  private final List<String> longMethods = new ArrayList<>();
  private final List<String> wideConstructors = new ArrayList<>();
  private final List<String> changingClasses = new ArrayList<>();
  private final List<String> abstractClasses = new ArrayList<>();

  @BeforeAll
  void goThroughTheSources() throws IOException {
    Sources.forEach((unit, positions) -> unit.accept(new Shapes(unit, positions), null));
  }

  @Test
  void methodsAreShort() {
    assertThat(longMethods).isEmpty();
  }

  @Test
  void constructorsTakeFewParameters() {
    assertThat(wideConstructors).isEmpty();
  }

  @Test
  void classesChangeFewFields() {
    // Columns of a table, and a row of one, which is kept small.
    assertThat(changingClasses)
        .allMatch(place -> place.matches("(EntryColumns|ChangeNode).java.*"));
  }

  @Test
  void noClassIsAbstract() {
    assertThat(abstractClasses).isEmpty();
  }

  /** Finds what is too much in a source file. */
  private final class Shapes extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final LineMap lines;
    private final SourcePositions positions;

    Shapes(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.lines = unit.getLineMap();
      this.positions = positions;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (type.getKind() == Tree.Kind.CLASS) {
        long changing = type.getMembers().stream().filter(Shapes::changes).count();
        if (changing > MOST_CHANGING_FIELDS) {
          changingClasses.add(place(type) + ": " + changing);
        }
        if (type.getModifiers().getFlags().contains(Modifier.ABSTRACT)) {
          abstractClasses.add(place(type));
        }
      }
      return super.visitClass(type, null);
    }

    /** Whether it is a field that changes, but for those that the command's parser sets. */
    private static boolean changes(Tree member) {
      if (!(member instanceof VariableTree field)) {
        return false;
      }
      Set<Modifier> flags = field.getModifiers().getFlags();
      return !flags.contains(Modifier.FINAL)
          && !flags.contains(Modifier.STATIC)
          && field.getModifiers().getAnnotations().stream()
              .allMatch(annotation -> annotation.toString().matches("@(Nullable|GuardedBy).*"));
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      if (method.getBody() != null) {
        long begin = lines.getLineNumber(positions.getStartPosition(unit, method.getBody()));
        long end = lines.getLineNumber(positions.getEndPosition(unit, method.getBody()));
        if (end - begin - 1 > MOST_LINES) {
          longMethods.add(place(method) + " " + method.getName() + ": " + (end - begin - 1));
        }
      }
      boolean isConstructor = method.getName().contentEquals("<init>");
      if (isConstructor && method.getParameters().size() > MOST_PARAMETERS) {
        wideConstructors.add(place(method) + ": " + method.getParameters().size());
      }
      return super.visitMethod(method, null);
    }

    private String place(Tree tree) {
      long line = lines.getLineNumber(positions.getStartPosition(unit, tree));
      return Path.of(unit.getSourceFile().getName()).getFileName() + ":" + line;
    }
  }
}
