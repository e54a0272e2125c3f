package zeroboot.cli;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** The parts of a source that say what an option or a parameter is, and reach its value. */
final class ArgumentSource {
  private ArgumentSource() {}

  /** The builder of one, as far as its attributes go; the caller completes it. */
  static void writeBuilder(SourceText out, ArgSpec argument) {
    if (argument instanceof CommandLine.Model.OptionSpec option) {
      out.line(
          "        OptionSpec.builder(new String[] {" + SourceText.quoted(option.names()) + "})");
      out.line("        .order(" + option.order() + ")");
    } else if (argument instanceof CommandLine.Model.PositionalParamSpec positional) {
      out.line("        PositionalParamSpec.builder()");
      out.line("        .index(" + SourceText.quoted(positional.index().toString()) + ")");
    }
    out.line("        .type(" + argument.type().getCanonicalName() + ".class)");
    out.line(
        "        .auxiliaryTypes("
            + Stream.of(argument.auxiliaryTypes())
                .map(type -> type.getCanonicalName() + ".class")
                .collect(Collectors.joining(", "))
            + ")");
    out.line("        .arity(" + SourceText.quoted(argument.arity().toString()) + ")");
    out.line("        .paramLabel(" + SourceText.quoted(argument.paramLabel()) + ")");
    out.line("        .description(" + SourceText.quoted(argument.description()) + ")");
    if (argument.required()) {
      out.line("        .required(true)");
    }
    if (argument.hidden()) {
      out.line("        .hidden(true)");
    }
    if (argument.defaultValue() != null) {
      out.line("        .defaultValue(" + SourceText.quoted(argument.defaultValue()) + ")");
    }
    if (!argument.splitRegex().isEmpty()) {
      out.line("        .splitRegex(" + SourceText.quoted(argument.splitRegex()) + ")");
    }
    if (argument.scopeType() != CommandLine.ScopeType.LOCAL) {
      out.line("        .scopeType(CommandLine.ScopeType." + argument.scopeType() + ")");
    }
    if (argument.completionCandidates() != null) {
      out.line(
          "        .completionCandidates(new "
              + argument.completionCandidates().getClass().getCanonicalName()
              + "())");
    }
  }

  /** How values are read and set. A method cannot be asked what it was told, so that is kept. */
  static void writeAccess(SourceText out, List<AnnotatedElement> members) {
    out.line("");
    out.line("  @Override");
    out.line("  @SuppressWarnings(\"unchecked\")");
    out.line("  public <T> T get() {");
    out.line("    return (T) switch (at) {");
    each(
        members,
        (i, member) -> {
          if (member instanceof Field field) {
            out.line("      case " + i + " -> in." + field.getName() + ";");
          }
        });
    out.line("      default -> given;");
    out.line("    };");
    out.line("  }");
    out.line("");
    out.line("  @Override");
    out.line("  @SuppressWarnings(\"unchecked\")");
    out.line("  public <T> T set(T value) {");
    out.line("    T before = get();");
    out.line("    given = value;");
    out.line("    switch (at) {");
    each(
        members,
        (i, member) -> {
          if (member instanceof Field field) {
            out.line(
                "      case "
                    + i
                    + " -> in."
                    + field.getName()
                    + " = ("
                    + field.getGenericType().getTypeName().replace('$', '.')
                    + ") (Object) value;");
          } else if (member instanceof Method method) {
            out.line(
                "      case "
                    + i
                    + " -> in."
                    + method.getName()
                    + "(("
                    + method.getGenericParameterTypes()[0].getTypeName().replace('$', '.')
                    + ") (Object) value);");
          }
        });
    out.line("      default -> throw new IllegalStateException(\"no argument \" + at);");
    out.line("    }");
    out.line("    return before;");
    out.line("  }");
  }

  private interface Each {
    void of(int at, AnnotatedElement member);
  }

  private static void each(List<AnnotatedElement> members, Each each) {
    for (int i = 0; i < members.size(); i++) {
      if (AnnotatedMembers.isArgument(members.get(i))) {
        each.of(i, members.get(i));
      }
    }
  }
}
