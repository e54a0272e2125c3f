package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** That the commands which the build writes are those that the annotations describe. */
class BuiltSpecsTest {
  private static final CommandSpecs BUILT = CommandSpecs.built();
  private static final CommandSpecs REFLECTED = new ReflectedSpecs();

  /**
   * Not compared: where a value is kept, what a command was found by, and how it was put together
   * (options of mixins and standard help belong to the command itself in the built ones).
   */
  private static final Set<String> OTHERWISE =
      Set.of(
          "userObject",
          "toString",
          "hashCode",
          "getter",
          "setter",
          "scope",
          "command",
          "commandLine",
          "root",
          "parent",
          "group",
          "typeInfo",
          "initialValue", // what stands in the field; the built ones leave it there
          "interpolateVariables", // the built ones are filled in
          "descriptionKey", // there are no translations
          "mixins",
          "mixinStandardHelpOptions",
          "mixinAnnotatedElements",
          "addMethodSubcommands",
          "isAddMethodSubcommands",
          "withToString",
          "isUserObject",
          "specElements",
          "getValue",
          "stringValues",
          "originalStringValues",
          "typedValues");

  @ParameterizedTest
  @EnumSource(Subcommand.class)
  void commandIsAsItsAnnotationsSay(Subcommand command) {
    compare(
        REFLECTED.of(command, Zboot.unused().session()),
        BUILT.of(command, Zboot.unused().session()));
    compare(REFLECTED.named(command), BUILT.named(command));
  }

  @Test
  void zbootItselfIsAsItsAnnotationsSay() {
    compare(REFLECTED.root(Zboot.unused()), BUILT.root(Zboot.unused()));
  }

  /** With what options hand down to the commands below. */
  @Test
  void wholeTreesAreTheSame() {
    compare(Zboot.tree(REFLECTED).getCommandSpec(), Zboot.tree(BUILT).getCommandSpec());
  }

  /** Values go where the annotated members are, and come back. */
  @Test
  void argumentsKeepTheirValues() {
    int kept = 0;
    for (Subcommand each : Subcommand.values()) {
      List<ArgSpec> reflected = arguments(REFLECTED.of(each, Zboot.unused().session()));
      List<ArgSpec> built = arguments(BUILT.of(each, Zboot.unused().session()));
      for (int i = 0; i < built.size(); i++) {
        ArgSpec argument = built.get(i);
        String where = each + " " + argument.paramLabel() + argument;
        boolean isHelp =
            argument instanceof OptionSpec option && (option.usageHelp() || option.versionHelp());
        if (isHelp) {
          continue; // nobody keeps whether help was asked for
        }
        assertEquals(
            String.valueOf(reflected.get(i).<Object>getValue()),
            String.valueOf(argument.<Object>getValue()),
            where);
        if (argument.type() == String.class) {
          argument.setValue("x" + i);
          assertEquals("x" + i, argument.getValue(), where);
          kept++;
        }
      }
    }
    assertTrue(kept > 20, "only " + kept);
  }

  private static List<ArgSpec> arguments(CommandSpec spec) {
    List<ArgSpec> all = new ArrayList<>(spec.args());
    spec.subcommands().values().forEach(below -> all.addAll(arguments(below.getCommandSpec())));
    return all;
  }

  private static void compare(CommandSpec reflected, CommandSpec built) {
    String name = reflected.qualifiedName();
    assertSame(reflected, built, name);
    assertSame(reflected.usageMessage(), built.usageMessage(), name);
    assertSame(reflected.parser(), built.parser(), name);
    assertEquals(reflected.args().size(), built.args().size(), name);
    for (int i = 0; i < reflected.args().size(); i++) {
      ArgSpec wanted = reflected.args().get(i);
      ArgSpec found = built.args().get(i);
      assertSame(wanted, found, name + " " + wanted);
      assertEquals(
          wanted.typeInfo().getClassName(), found.typeInfo().getClassName(), name + " " + wanted);
    }
    assertEquals(usage(reflected), usage(built));
    Map<String, CommandLine> below = built.subcommands();
    assertEquals(List.copyOf(reflected.subcommands().keySet()), List.copyOf(below.keySet()), name);
    reflected
        .subcommands()
        .forEach(
            (word, each) ->
                compare(
                    each.getCommandSpec(),
                    Objects.requireNonNull(below.get(word)).getCommandSpec()));
  }

  private static void assertSame(Object reflected, Object built, String where) {
    Map<String, String> wanted = described(reflected);
    Map<String, String> found = described(built);
    Map<String, String> differing = new TreeMap<>(wanted);
    differing.entrySet().removeIf(said -> said.getValue().equals(found.get(said.getKey())));
    Map<String, String> instead = new TreeMap<>(found);
    instead.keySet().retainAll(differing.keySet());
    assertEquals(differing, instead, where);
    assertEquals(wanted.keySet(), found.keySet(), where);
  }

  private static String usage(CommandSpec spec) {
    CommandLine line = spec.commandLine();
    return (line == null ? new CommandLine(spec) : line).getUsageMessage(CommandLine.Help.Ansi.OFF);
  }

  /** All that an object of picocli says of itself through methods without parameters. */
  private static Map<String, String> described(Object object) {
    Map<String, String> said = new TreeMap<>();
    for (Method method : object.getClass().getMethods()) {
      boolean asks =
          method.getParameterCount() == 0
              && method.getReturnType() != void.class
              && !Modifier.isStatic(method.getModifiers())
              && method.getDeclaringClass() != Object.class
              && !OTHERWISE.contains(method.getName());
      if (asks) {
        said.put(method.getName(), text(value(method, object)));
      }
    }
    assertTrue(said.size() > 10, said::toString);
    return said;
  }

  private static Object value(Method method, Object object) {
    try {
      method.setAccessible(true);
      Object value = method.invoke(object);
      return value == null ? "" : value; // to picocli no text is an empty one
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(method.toString(), e);
    }
  }

  /** Values by what is in them; objects of picocli and of zboot by their class. */
  private static String text(Object value) {
    if (value.getClass().isArray()) {
      List<String> items = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        items.add(text(Array.get(value, i)));
      }
      return items.toString();
    }
    if (value instanceof Map<?, ?> map) {
      return map.keySet().toString();
    }
    if (value instanceof OptionSpec option) {
      return option.longestName();
    }
    if (value instanceof PositionalParamSpec positional) {
      return positional.paramLabel();
    }
    if (value instanceof Iterable<?> all) {
      List<String> items = new ArrayList<>();
      all.forEach(each -> items.add(text(each)));
      return items.toString();
    }
    boolean plain =
        value instanceof String
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof Enum
            || value instanceof Class
            || value instanceof CommandLine.Range;
    return plain
        ? String.format(Locale.ROOT, "%s", value)
        : value.getClass().getName().replaceFirst("\\$\\$Lambda.*", "");
  }
}
