package org.inotify4j.agent;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import org.jspecify.annotations.Nullable;

/**
 * Has a method of a class file ask its {@link Hook} first, by {@code java.lang.classfile}, which
 * Java has since 24: the class of the same name for earlier ones says what is added.
 */
final class Patch {

  private static final ClassDesc OBJECT = ConstantDescs.CD_Object;
  private static final ClassDesc LOADER = ClassDesc.of("java.lang.ClassLoader");
  private static final ClassDesc HANDLER = ClassDesc.of("java.lang.reflect.InvocationHandler");
  private static final MethodTypeDesc INVOKE =
      MethodTypeDesc.of(
          OBJECT, OBJECT, ClassDesc.of("java.lang.reflect.Method"), OBJECT.arrayType());

  private Patch() {}

  /**
   * Changes a class file.
   *
   * @return the changed one, or null if it has no such method
   */
  static byte @Nullable [] of(byte[] classFile, Target target) {
    ClassFile format = ClassFile.of();
    ClassModel model = format.parse(classFile);
    for (MethodModel method : model.methods()) {
      if (isOf(method, target)) {
        return format.transformClass(model, new OfClass(target));
      }
    }
    return null;
  }

  private static boolean isOf(MethodModel method, Target target) {
    return method.methodName().equalsString(target.method)
        && method.methodType().equalsString(target.descriptor)
        && !method.flags().has(AccessFlag.STATIC)
        && method.code().isPresent();
  }

  /** The hook as a constant. */
  private static ConstantDesc constant(Target target) {
    ConstantDesc loader =
        found(
            LOADER,
            method(DirectMethodHandleDesc.Kind.STATIC, LOADER, "getSystemClassLoader", LOADER));
    ConstantDesc type =
        found(
            ConstantDescs.CD_Class,
            method(
                DirectMethodHandleDesc.Kind.VIRTUAL,
                LOADER,
                "loadClass",
                ConstantDescs.CD_Class,
                ConstantDescs.CD_String),
            loader,
            Target.HOOK);
    return found(
        HANDLER,
        method(
            DirectMethodHandleDesc.Kind.STATIC,
            ConstantDescs.CD_Enum,
            "valueOf",
            ConstantDescs.CD_Enum,
            ConstantDescs.CD_Class,
            ConstantDescs.CD_String),
        type,
        target.name());
  }

  /** A constant that is what a method returns. */
  private static ConstantDesc found(
      ClassDesc type, DirectMethodHandleDesc method, ConstantDesc... arguments) {
    ConstantDesc[] all = new ConstantDesc[arguments.length + 1];
    all[0] = method;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return DynamicConstantDesc.ofNamed(ConstantDescs.BSM_INVOKE, "found", type, all);
  }

  private static DirectMethodHandleDesc method(
      DirectMethodHandleDesc.Kind kind,
      ClassDesc owner,
      String name,
      ClassDesc returned,
      ClassDesc... parameters) {
    return MethodHandleDesc.ofMethod(kind, owner, name, MethodTypeDesc.of(returned, parameters));
  }

  /** Finds the method. */
  private record OfClass(Target target) implements ClassTransform {
    @Override
    public void accept(ClassBuilder builder, ClassElement element) {
      if (element instanceof MethodModel method && isOf(method, target)) {
        builder.transformMethod(method, MethodTransform.transformingCode(new OfMethod(target)));
      } else {
        builder.with(element);
      }
    }
  }

  /** Adds the question before the first instruction. */
  private record OfMethod(Target target) implements CodeTransform {
    @Override
    public void atStart(CodeBuilder code) {
      code.ldc(constant(target)).aload(0).aconst_null();
      if (target.arguments == 0) {
        code.aconst_null();
      } else {
        code.loadConstant(target.arguments).anewarray(OBJECT);
        for (int i = 0; i < target.arguments; i++) {
          code.dup().loadConstant(i).aload(i + 1).aastore();
        }
      }
      Label goOn = code.newLabel();
      code.invokeinterface(HANDLER, "invoke", INVOKE)
          .dup()
          .ifnull(goOn)
          .checkcast(ClassDesc.ofInternalName(target.returned()))
          .areturn()
          .labelBinding(goOn)
          .pop();
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }
  }
}
