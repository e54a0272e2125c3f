package zeroboot.cli.console;

import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import zeroboot.core.Cores;

/**
 * What a command has from outside: all of it comes in here, nothing is taken from the process.
 *
 * @param streams where it speaks
 * @param terminal what shows that, and to whom
 * @param cores the iPXE cores that {@code --core} can name
 * @param environment the environment variables
 * @param clock for the validity of certificates and the time of signatures; never for an image
 * @param tree makes the whole tree of commands, to be looked through
 */
public record Session(
    Streams streams,
    Terminal terminal,
    Cores cores,
    Map<String, String> environment,
    Clock clock,
    Supplier<CommandLine> tree) {}
