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
import org.objectweb.asm.Type;

/**
 * Classes of a JDK that has a method in another class than this one does: in a superclass of its
 * own, between the class and what was its superclass.
 */
@SuppressWarnings("NullAway") // ASM takes null for what there is none of.
final class OtherShape {

  private static final String PACKAGE = "sun/nio/fs/";
  private static final String CONSTRUCTOR = "<init>";

  private OtherShape() {}

  /**
   * Makes a directory to patch the JDK's module with.
   *
   * @param type the class
   * @param method the method, in all its forms
   */
  static Path make(Path directory, String type, String method) throws IOException {
    Path target = Files.createDirectories(directory.resolve(PACKAGE));
    ClassWriter below = new ClassWriter(0);
    ClassWriter above = new ClassWriter(0);
    try (InputStream in = ClassLoader.getSystemResourceAsStream(PACKAGE + type + ".class")) {
      new ClassReader(in).accept(new Moving(below, above, method), 0);
    }
    Files.write(target.resolve(type + ".class"), below.toByteArray());
    Files.write(target.resolve(type + "Above.class"), above.toByteArray());
    return directory;
  }

  /** Takes the method out, and puts it in above. */
  private static final class Moving extends ClassVisitor {
    private final ClassVisitor above;
    private final String moved;
    private String nameAbove = "";
    private String formerlyAbove = "";

    Moving(ClassVisitor below, ClassVisitor above, String moved) {
      super(Opcodes.ASM9, below);
      this.above = above;
      this.moved = moved;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String superName,
        String[] interfaces) {
      nameAbove = name + "Above";
      formerlyAbove = superName;
      super.visit(version, access, name, signature, nameAbove, interfaces);
      above.visit(version, access | Opcodes.ACC_ABSTRACT, nameAbove, null, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      if (name.equals(moved)) {
        return above.visitMethod(access, name, descriptor, signature, exceptions);
      }
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return name.equals(CONSTRUCTOR) ? new Constructing(next) : next;
    }

    /** Calls the constructor above, which calls the one that was called. */
    private final class Constructing extends MethodVisitor {

      Constructing(MethodVisitor next) {
        super(Opcodes.ASM9, next);
      }

      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        boolean isAbove = name.equals(CONSTRUCTOR) && owner.equals(formerlyAbove);
        if (isAbove) {
          construct(descriptor);
        }
        super.visitMethodInsn(opcode, isAbove ? nameAbove : owner, name, descriptor, isInterface);
      }

      private void construct(String descriptor) {
        int arguments = Type.getArgumentTypes(descriptor).length; // All of them references.
        MethodVisitor method = above.visitMethod(0, CONSTRUCTOR, descriptor, null, null);
        method.visitCode();
        for (int i = 0; i <= arguments; i++) {
          method.visitVarInsn(Opcodes.ALOAD, i);
        }
        method.visitMethodInsn(
            Opcodes.INVOKESPECIAL, formerlyAbove, CONSTRUCTOR, descriptor, false);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(arguments + 1, arguments + 1);
        method.visitEnd();
      }
    }
  }
}
