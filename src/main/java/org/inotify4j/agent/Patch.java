package org.inotify4j.agent;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Has a method of a class file ask its {@link Hook} first, by ASM; Java 24 and later, which can do
 * that themselves, have another class of this name.
 *
 * <pre>{@code
 * Object answer = HOOK.invoke(this, null, arguments); // null where there are none
 * if (answer != null) {
 *   return (ReturnType) answer;
 * }
 * }</pre>
 *
 * <p>{@code HOOK} is a constant of the class, found by name when it is first needed: {@code
 * Enum.valueOf(ClassLoader.getSystemClassLoader().loadClass("…Hook"), "…")}.
 */
final class Patch {

  private static final String OBJECT = "java/lang/Object";
  private static final String HANDLER = "java/lang/reflect/InvocationHandler";
  private static final int NOT_CHANGED =
      Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;

  private Patch() {}

  /**
   * Changes a class file.
   *
   * @return the changed one, or null if it has no such method
   */
  static byte @Nullable [] of(byte[] classFile, Target target) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    OfClass change = new OfClass(writer, target);
    reader.accept(change, 0);
    return change.isMade ? writer.toByteArray() : null;
  }

  /** The hook as a constant. */
  private static ConstantDynamic constant(Target target) {
    return found(
        "hook",
        "L" + HANDLER + ";",
        new Handle(
            Opcodes.H_INVOKESTATIC,
            "java/lang/Enum",
            "valueOf",
            "(Ljava/lang/Class;Ljava/lang/String;)Ljava/lang/Enum;",
            false),
        type(),
        target.name());
  }

  /** The hook's class, by the loader that is the same for all. */
  private static ConstantDynamic type() {
    ConstantDynamic loader =
        found(
            "loader",
            "Ljava/lang/ClassLoader;",
            new Handle(
                Opcodes.H_INVOKESTATIC,
                "java/lang/ClassLoader",
                "getSystemClassLoader",
                "()Ljava/lang/ClassLoader;",
                false));
    return found(
        "type",
        "Ljava/lang/Class;",
        new Handle(
            Opcodes.H_INVOKEVIRTUAL,
            "java/lang/ClassLoader",
            "loadClass",
            "(Ljava/lang/String;)Ljava/lang/Class;",
            false),
        loader,
        Target.HOOK);
  }

  /** A constant that is what a method returns. */
  private static ConstantDynamic found(
      String name, String descriptor, Handle method, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = method;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    Handle invoke =
        new Handle(
            Opcodes.H_INVOKESTATIC,
            "java/lang/invoke/ConstantBootstraps",
            "invoke",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;"
                + "Ljava/lang/invoke/MethodHandle;[Ljava/lang/Object;)Ljava/lang/Object;",
            false);
    return new ConstantDynamic(name, descriptor, invoke, all);
  }

  /** Finds the method. */
  private static final class OfClass extends ClassVisitor {
    private final Target target;
    boolean isMade;

    OfClass(ClassVisitor next, Target target) {
      super(Opcodes.ASM9, next);
      this.target = target;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      if (!name.equals(target.method)
          || !descriptor.equals(target.descriptor)
          || (access & NOT_CHANGED) != 0) {
        return next;
      }
      isMade = true;
      return new OfMethod(next, target);
    }
  }

  /** Adds the question before the first instruction. */
  private static final class OfMethod extends MethodVisitor {
    private final Target target;

    OfMethod(@Nullable MethodVisitor next, Target target) {
      super(Opcodes.ASM9, next);
      this.target = target;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      visitLdcInsn(constant(target));
      visitVarInsn(Opcodes.ALOAD, 0);
      visitInsn(Opcodes.ACONST_NULL);
      pushArguments();
      visitMethodInsn(
          Opcodes.INVOKEINTERFACE,
          HANDLER,
          "invoke",
          "(Ljava/lang/Object;Ljava/lang/reflect/Method;[Ljava/lang/Object;)Ljava/lang/Object;",
          true);
      visitInsn(Opcodes.DUP);
      Label goOn = new Label();
      visitJumpInsn(Opcodes.IFNULL, goOn);
      visitTypeInsn(Opcodes.CHECKCAST, target.returned());
      visitInsn(Opcodes.ARETURN);
      visitLabel(goOn);
      visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {OBJECT});
      visitInsn(Opcodes.POP);
    }

    private void pushArguments() {
      if (target.arguments == 0) {
        visitInsn(Opcodes.ACONST_NULL);
        return;
      }
      visitIntInsn(Opcodes.BIPUSH, target.arguments);
      visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
      for (int i = 0; i < target.arguments; i++) {
        visitInsn(Opcodes.DUP);
        visitIntInsn(Opcodes.BIPUSH, i);
        visitVarInsn(Opcodes.ALOAD, i + 1);
        visitInsn(Opcodes.AASTORE);
      }
    }
  }
}
