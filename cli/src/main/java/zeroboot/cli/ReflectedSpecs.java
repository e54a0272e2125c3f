package zeroboot.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import zeroboot.cli.console.Session;

/** Reads the annotations: for the build, and to compare with what it made of them. */
final class ReflectedSpecs extends CommandSpecs {
  @Override
  CommandSpec root(Object zboot) {
    return CommandSpec.forAnnotatedObject(zboot);
  }

  @Override
  CommandSpec of(Subcommand command, Session session) {
    return new CommandLine(command.type(), new Commands(session)).getCommandSpec();
  }

  @Override
  CommandSpec named(Subcommand command) {
    Command said = command.type().getAnnotation(Command.class);
    CommandSpec spec = CommandSpec.create().name(command.word());
    spec.usageMessage().description(said.description()).hidden(said.hidden());
    return spec;
  }
}
