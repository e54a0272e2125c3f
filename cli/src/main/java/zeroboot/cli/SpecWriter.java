package zeroboot.cli;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import zeroboot.cli.console.Session;

/**
 * The build's part of {@link CommandSpecs}: makes classes of what the annotations say.
 *
 * <p>For each class {@code X} with options there is a class {@code XArguments} in its package. It
 * adds them to a command in the order in which picocli would, and is the way to each value; so the
 * annotated members are not private. That it all comes to the same is compared by {@code
 * BuiltSpecsTest}, so this knows only those attributes that are in use.
 */
final class SpecWriter {
  private final Map<Object, ArgSpec> arguments = new LinkedHashMap<>();
  private final Map<Class<?>, CommandSpec> commands = new LinkedHashMap<>();
  private final Map<String, String> sources = new TreeMap<>();

  private SpecWriter() {}

  /** Arguments: a folder for the sources, and the folder of classes. */
  public static void main(String[] args) throws IOException, URISyntaxException {
    Path folder = Path.of(args[0]);
    SpecWriter writer = new SpecWriter();
    writer.look();
    writer.write();
    List<String> files = new ArrayList<>();
    for (Map.Entry<String, String> source : writer.sources.entrySet()) {
      Path file = folder.resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.getValue());
      files.add(file.toString());
    }
    SpecCompiler.compile(files, Path.of(args[0] + "-classes"), Path.of(args[1]));
  }

  private void look() {
    Zboot zboot = Zboot.unused();
    CommandSpecs reflected = new ReflectedSpecs();
    look(reflected.root(zboot));
    for (Subcommand each : Subcommand.values()) {
      look(reflected.of(each, zboot.session()));
    }
  }

  private void look(CommandSpec command) {
    commands.put(command.userObject().getClass(), command);
    for (ArgSpec each : command.args()) {
      if (each.userObject() instanceof Member) {
        arguments.putIfAbsent(each.userObject(), each);
      }
    }
    command.subcommands().values().forEach(below -> look(below.getCommandSpec()));
  }

  private void write() {
    commands.keySet().forEach(this::write);
    SourceText out = new SourceText();
    out.line("package zeroboot.cli;");
    out.line("");
    out.line("/** Made by SpecWriter of the annotations. */");
    out.line("final class BuiltSpecs extends CommandSpecs {");
    out.line("  static {");
    out.line("    use(new BuiltSpecs());");
    out.line("  }");
    out.line("");
    out.line("  @Override");
    out.line("  picocli.CommandLine.Model.CommandSpec root(Object zboot) {");
    out.line("    return ZbootArguments.command((Zboot) zboot);");
    out.line("  }");
    out.line("");
    out.line("  @Override");
    out.line("  picocli.CommandLine.Model.CommandSpec of(");
    out.line("      Subcommand command, zeroboot.cli.console.Session session) {");
    out.line("    return switch (command) {");
    for (Subcommand each : Subcommand.values()) {
      out.line("      case " + each + " -> " + made(each.type()) + ";");
    }
    out.line("    };");
    out.line("  }");
    out.line("");
    out.line("  @Override");
    out.line("  picocli.CommandLine.Model.CommandSpec named(Subcommand command) {");
    out.line("    picocli.CommandLine.Model.CommandSpec spec =");
    out.line("        picocli.CommandLine.Model.CommandSpec.create();");
    out.line("    spec.interpolateVariables(false);");
    out.line("    picocli.CommandLine.Model.UsageMessageSpec usage = spec.usageMessage();");
    out.line("    switch (command) {");
    for (Subcommand each : Subcommand.values()) {
      CommandSpec spec = new ReflectedSpecs().named(each);
      out.line("      case " + each + " -> {");
      out.line("        spec.name(" + SourceText.quoted(spec.name()) + ");");
      out.line(
          "        usage.description("
              + SourceText.quoted(spec.usageMessage().description())
              + ");");
      out.line("        usage.hidden(" + spec.usageMessage().hidden() + ");");
      out.line("      }");
    }
    out.line("    }");
    out.line("    return spec;");
    out.line("  }");
    out.line("}");
    sources.put("zeroboot.cli.BuiltSpecs", out.toString());
  }

  /** The expression that makes a command. */
  private static String made(Class<?> type) {
    return argumentsOf(type) + ".command(session)";
  }

  private static boolean wantsSession(Class<?> type) {
    return Stream.of(type.getDeclaredConstructors())
        .map(Constructor::getParameterTypes)
        .anyMatch(wants -> wants.length == 1 && wants[0] == Session.class);
  }

  private static String argumentsOf(Class<?> type) {
    return type.getName() + "Arguments";
  }

  /** Writes the class for this type, once, and those for what it mixes in and extends. */
  private void write(Class<?> type) {
    String name = argumentsOf(type);
    if (sources.putIfAbsent(name, "") != null) {
      return;
    }
    List<AnnotatedElement> members = AnnotatedMembers.of(type);
    SourceText out = new SourceText();
    String self = type.getSimpleName();
    out.line("package " + type.getPackageName() + ";");
    out.line("");
    out.line("import picocli.CommandLine;");
    out.line("import picocli.CommandLine.Model.*;");
    out.line("");
    out.line("/** Made by SpecWriter of the annotations of {@link " + self + "}. */");
    boolean hasArguments = members.stream().anyMatch(AnnotatedMembers::isArgument);
    String access = hasArguments ? " implements IGetter, ISetter" : "";
    out.line("public final class " + self + "Arguments" + access + " {");
    out.line("  private final " + self + " in;");
    out.line("  private final int at;");
    out.line("  private Object given;");
    out.line("");
    out.line("  private " + self + "Arguments(" + self + " in, int at) {");
    out.line("    this.in = in;");
    out.line("    this.at = at;");
    out.line("  }");
    out.line("");
    if (commands.containsKey(type)) {
      writeCommand(out, type);
    }
    out.line("  /** Adds what stands in this object and in those that it mixes in. */");
    out.line("  public static void addTo(CommandSpec spec, Object object) {");
    out.line("    " + self + " in = (" + self + ") object;");
    Class<?> above = type.getSuperclass();
    if (AnnotatedMembers.isAnnotated(above)) {
      write(above);
      out.line("    " + argumentsOf(above) + ".addTo(spec, in);");
    }
    for (int i = 0; i < members.size(); i++) {
      writeMember(out, self, members.get(i), i);
    }
    out.line("  }");
    if (hasArguments) {
      ArgumentSource.writeAccess(out, members);
    }
    out.line("}");
    sources.put(name, out.toString());
  }

  private void writeCommand(SourceText out, Class<?> type) {
    CommandSpec spec = Objects.requireNonNull(commands.get(type));
    String self = type.getSimpleName();
    boolean isRoot = type == Zboot.class;
    out.line("  /** The command with all that is below it. */");
    out.line(
        "  public static CommandSpec command("
            + (isRoot ? "Zboot in" : Session.class.getName() + " session")
            + ") {");
    if (!isRoot) {
      String from = wantsSession(type) ? "session" : "";
      out.line("    " + self + " in = new " + self + "(" + from + ");");
    }
    out.line("    CommandSpec spec = CommandSpec.wrapWithoutInspection(in);");
    out.line("    spec.name(" + SourceText.quoted(spec.name()) + ");");
    // Texts are filled in here, so no run looks for what is to be put in.
    out.line("    spec.interpolateVariables(false);");
    CommandLine.Model.UsageMessageSpec usage = spec.usageMessage();
    out.line("    UsageMessageSpec usage = spec.usageMessage();");
    out.line("    usage.description(" + SourceText.quoted(usage.description()) + ");");
    out.line("    usage.footer(" + SourceText.quoted(usage.footer()) + ");");
    out.line(
        "    usage.synopsisSubcommandLabel("
            + SourceText.quoted(usage.synopsisSubcommandLabel())
            + ");");
    out.line("    usage.hidden(" + usage.hidden() + ");");
    IVersionProvider version = spec.versionProvider();
    write(version.getClass());
    out.line(
        "    "
            + version.getClass().getName()
            + " version = new "
            + version.getClass().getName()
            + "();");
    out.line("    " + argumentsOf(version.getClass()) + ".addTo(spec, version);");
    out.line("    spec.versionProvider(version);");
    out.line("    addTo(spec, in);");
    for (CommandLine.Model.OptionSpec each : spec.options()) {
      if (each.usageHelp() || each.versionHelp()) {
        out.line("    spec.addOption(");
        ArgumentSource.writeBuilder(out, each);
        out.line("        .initialValue(false)");
        out.line("        .usageHelp(" + each.usageHelp() + ")");
        out.line("        .versionHelp(" + each.versionHelp() + ").build());");
      }
    }
    spec.subcommands()
        .forEach(
            (word, below) ->
                out.line(
                    "    spec.addSubcommand("
                        + SourceText.quoted(word)
                        + ", "
                        + made(below.getCommandSpec().userObject().getClass())
                        + ");"));
    out.line("    return spec;");
    out.line("  }");
    out.line("");
  }

  private void writeMember(SourceText out, String self, AnnotatedElement member, int at) {
    String name = ((Member) member).getName();
    if (member.isAnnotationPresent(Mixin.class)) {
      Class<?> mixed = ((Field) member).getType();
      write(mixed);
      out.line("    " + argumentsOf(mixed) + ".addTo(spec, in." + name + ");");
    } else if (member.isAnnotationPresent(Spec.class)) {
      out.line("    in." + name + (member instanceof Field ? " = spec;" : "(spec);"));
    } else {
      ArgSpec argument = Objects.requireNonNull(arguments.get(member));
      out.line(
          "    " + self + "Arguments a" + at + " = new " + self + "Arguments(in, " + at + ");");
      out.line(argument.isOption() ? "    spec.addOption(" : "    spec.addPositional(");
      ArgumentSource.writeBuilder(out, argument);
      // A field has a value from the start; a method can be told none.
      String initial =
          member instanceof Field ? "initialValue(a" + at + ".get())" : "hasInitialValue(false)";
      out.line("        ." + initial);
      out.line("        .getter(a" + at + ").setter(a" + at + ").build());");
    }
  }
}
