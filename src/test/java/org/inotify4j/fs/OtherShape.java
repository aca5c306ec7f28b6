package org.inotify4j.fs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Classes of a JDK that has {@code newWatchService} in another class than this one does. */
@SuppressWarnings("NullAway") // ASM takes null for what there is none of.
final class OtherShape {

  private static final String PACKAGE = "sun/nio/fs/";
  private static final String METHOD = "newWatchService";

  private OtherShape() {}

  /** Makes a directory to patch the JDK's module with. */
  static Path make(Path directory) throws IOException {
    Path target = Files.createDirectories(directory.resolve("shape").resolve(PACKAGE));
    change(target, "LinuxFileSystem", false);
    change(target, "UnixFileSystem", true);
    return directory.resolve("shape");
  }

  private static void change(Path target, String type, boolean adds) throws IOException {
    String name = type + ".class";
    try (InputStream in = ClassLoader.getSystemResourceAsStream(PACKAGE + name)) {
      ClassReader reader = new ClassReader(in);
      ClassWriter writer = new ClassWriter(0);
      reader.accept(new Moving(writer, adds), 0);
      Files.write(target.resolve(name), writer.toByteArray());
    }
  }

  /** Takes the method out, or puts it in. */
  private static final class Moving extends ClassVisitor {
    private final boolean adds;

    Moving(ClassVisitor next, boolean adds) {
      super(Opcodes.ASM9, next);
      this.adds = adds;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return name.equals(METHOD)
          ? null
          : super.visitMethod(access, name, descriptor, signature, exceptions);
    }

    @Override
    public void visitEnd() {
      if (adds) {
        add(
            super.visitMethod(
                Opcodes.ACC_PUBLIC, METHOD, "()Ljava/nio/file/WatchService;", null, null));
      }
      super.visitEnd();
    }

    private static void add(MethodVisitor method) {
      String service = PACKAGE + "LinuxWatchService";
      method.visitCode();
      method.visitTypeInsn(Opcodes.NEW, service);
      method.visitInsn(Opcodes.DUP);
      method.visitVarInsn(Opcodes.ALOAD, 0);
      method.visitMethodInsn(
          Opcodes.INVOKESPECIAL, service, "<init>", "(Lsun/nio/fs/UnixFileSystem;)V", false);
      method.visitInsn(Opcodes.ARETURN);
      method.visitMaxs(3, 1);
      method.visitEnd();
    }
  }
}
