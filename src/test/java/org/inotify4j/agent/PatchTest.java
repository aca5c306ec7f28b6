package org.inotify4j.agent;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.inotify4j.watch.INotifyWatchService;
import org.junit.jupiter.api.Test;

/**
 * A changed method asks its hook first, whatever it does otherwise; all others are as they were.
 */
@SuppressWarnings("NullAway") // Its nulls stand for what a program hands over.
final class PatchTest {

  /** What the changed methods of a class file are called through. */
  public interface Asking {
    WatchService newWatchService();

    WatchKey register(WatchService service, WatchEvent.Kind<?>[] kinds, WatchEvent.Modifier... m);
  }

  /** Its methods are as those of the JDK's two classes, and its first one begins with a loop. */
  public static final class Lookalike implements Asking {
    int calls;

    @Override
    public WatchService newWatchService() {
      while (calls < 10) {
        calls++;
      }
      return null;
    }

    WatchService newWatchService(int other) {
      return other == 0 ? newWatchService() : null;
    }

    @Override
    public WatchKey register(
        WatchService service, WatchEvent.Kind<?>[] kinds, WatchEvent.Modifier... modifiers) {
      if (service == null || modifiers.length > 0) {
        throw new IllegalStateException("went on");
      }
      return null;
    }
  }

  /** Has no such method that could be changed. */
  abstract static class OtherShape {
    abstract WatchService newWatchService();

    static WatchKey register(
        WatchService service, WatchEvent.Kind<?>[] kinds, WatchEvent.Modifier... modifiers) {
      return null;
    }
  }

  @Test
  void newWatchService_isAnswered() throws Exception {
    Asking changed = changed(Target.NEW_WATCH_SERVICE);
    try (WatchService service = changed.newWatchService()) {
      assertThat(service).isInstanceOf(INotifyWatchService.class);
      assertThat(changed.newWatchService()).isNotSameAs(service);
    }
    assertThatThrownBy(() -> changed.register(null, null)).hasMessage("went on");
  }

  @Test
  void newWatchService_answeredNull_goesOn() throws Exception {
    Asking changed = changed(Target.NEW_WATCH_SERVICE);
    System.setProperty("inotify4j.disable", "true");
    try {
      assertThat(changed.newWatchService()).isNull();
      assertThat(changed).hasFieldOrPropertyWithValue("calls", 10);
    } finally {
      System.clearProperty("inotify4j.disable");
    }
  }

  @Test
  void register_isAnswered_whereTheServiceIsOurs() throws Exception {
    Asking changed = changed(Target.REGISTER);
    assertThatThrownBy(() -> changed.register(null, null)).hasMessage("went on");
    INotifyWatchService service = INotifyWatchService.open();
    service.close();
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
    // It was asked for that object as a path, which it is not.
    assertThatThrownBy(() -> changed.register(service, kinds))
        .isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> Hook.REGISTER.invoke(Path.of(""), null, arguments(service, kinds)))
        .isInstanceOf(ClosedWatchServiceException.class);
  }

  private static Object[] arguments(WatchService service, WatchEvent.Kind<?>[] kinds) {
    return new Object[] {service, kinds, new WatchEvent.Modifier[0]};
  }

  @Test
  void anotherShape_isLeftAlone() throws Exception {
    for (Target target : Target.values()) {
      assertThat(Patch.of(classFile(OtherShape.class), target)).isNull();
      assertThat(Patch.of(classFile(Object.class), target)).isNull();
    }
  }

  private static Asking changed(Target target) throws Exception {
    byte[] classFile = Patch.of(classFile(Lookalike.class), target);
    return (Asking) new Defining(classFile).type().getDeclaredConstructor().newInstance();
  }

  private static byte[] classFile(Class<?> type) throws Exception {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream in = ClassLoader.getSystemResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** Defines the one class that was changed. */
  private static final class Defining extends ClassLoader {
    private final byte[] classFile;

    Defining(byte[] classFile) {
      super(PatchTest.class.getClassLoader());
      this.classFile = classFile;
    }

    Class<?> type() {
      return defineClass(Lookalike.class.getName(), classFile, 0, classFile.length);
    }
  }
}
