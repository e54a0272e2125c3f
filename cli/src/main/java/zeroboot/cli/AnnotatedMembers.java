package zeroboot.cli;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The fields and methods of a class that picocli would look at. */
final class AnnotatedMembers {
  private AnnotatedMembers() {}

  /** Whether it stands for an option or a parameter. */
  static boolean isArgument(AnnotatedElement member) {
    return member.isAnnotationPresent(Option.class) || member.isAnnotationPresent(Parameters.class);
  }

  /** Whether there are any in a class or above it. */
  static boolean isAnnotated(Class<?> type) {
    return type != Object.class && (!of(type).isEmpty() || isAnnotated(type.getSuperclass()));
  }

  /** Those of a class, in picocli's order. */
  static List<AnnotatedElement> of(Class<?> type) {
    List<AnnotatedElement> members = new ArrayList<>();
    Stream.concat(Stream.of(type.getDeclaredFields()), Stream.of(type.getDeclaredMethods()))
        .filter(
            member ->
                isArgument(member)
                    || member.isAnnotationPresent(Mixin.class)
                    || member.isAnnotationPresent(Spec.class))
        .forEach(members::add);
    for (AnnotatedElement member : members) {
      if (Modifier.isPrivate(((Member) member).getModifiers())) {
        throw new IllegalStateException(
            member + " is private: the class made of it could not set it; take the word away");
      }
    }
    return members;
  }
}
