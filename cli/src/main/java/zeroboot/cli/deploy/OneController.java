package zeroboot.cli.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.bmc.Controller;
import zeroboot.bmc.link.BmcAddress;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.BmcTrust;
import zeroboot.bmc.link.SessionLog;
import zeroboot.bmc.link.Times;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.StandardInput;
import zeroboot.ground.ZbootException;
import zeroboot.profile.BmcSettings;
import zeroboot.profile.Profile;
import zeroboot.profile.ProfileFile;

/** The controller that a command is about: of a node in a profile, or at an address. */
final class OneController {
  @Option(
      names = "--config",
      paramLabel = "FILE.yaml",
      description = "The profile that has the node.")
  @Nullable Path config;

  @Option(
      names = "--system",
      paramLabel = "ID",
      description = "Of several systems behind it, this one.")
  @Nullable String system;

  @Mixin final BmcOptions bmc = new BmcOptions();

  // Behind the options, as picocli has what is mixed in.
  @Parameters(
      index = "0",
      paramLabel = "CONTROLLER",
      description = "Its address, or a node of --config.")
  String which = "";

  private BmcSettings settings() {
    if (config == null) {
      return at();
    }
    Profile profile = ProfileFile.read(config, StandardInput::open);
    return profile
        .node(which)
        .map(node -> profile.bmc().and(node.bmc()))
        .orElseGet(() -> profile.bmc().and(at()));
  }

  /** Not before it is one: what is none may be a URL with a password, which nobody repeats. */
  private BmcSettings at() {
    BmcAddress.parse("CONTROLLER", which);
    return new BmcSettings(Map.of(BmcSettings.ADDRESS, new BmcSettings.Value(which, "CONTROLLER")));
  }

  /** Logs in, works, logs out; what goes wrong is one line and an exit code. */
  void with(Session session, Consumer<Controller> work) {
    BmcSettings settings = settings();
    Access access =
        bmc.access(which, settings, which, bmc.passwords(session.environment(), config));
    StateFolder state = StateFolder.of(session.environment());
    BmcTrust trust = bmc.trust();
    ExecutorService workers = Executors.newCachedThreadPool(Daemons.named("controller"));
    try {
      Acquaintance.Met met =
          new Acquaintance(session, trust, new Pins(state.file(Pins.FILE)), bmc.trustNew)
              .meet(List.of(access), Times.USUAL, workers);
      BmcException stranger = met.strangers().get(which);
      if (stranger != null) {
        throw stranger;
      }
      Access known = met.accesses().getOrDefault(which, access);
      try (zeroboot.bmc.link.Session link =
          known.open(trust, Times.USUAL, SessionLog.NONE, workers)) {
        AtEnd.guarded(
            link::close, () -> work.accept(Controller.of(link, known.which().orSystem(system))));
      }
    } catch (BmcException e) {
      throw translated(access.address().toString(), e);
    } finally {
      workers.shutdownNow();
    }
  }

  /** The exit code of what went wrong. */
  static int exitOf(BmcException why) {
    return switch (why.kind()) {
      case CERTIFICATE -> ExitCode.SIGNATURE;
      case OCCUPIED -> ExitCode.REFUSED;
      default -> ExitCode.IO;
    };
  }

  /** What a command ends with. */
  static ZbootException translated(String where, BmcException e) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith(where + " ")) {
      message = message.substring(where.length() + 1); // where stands before it already
    }
    int cut = message.indexOf("; ");
    String what = cut < 0 ? message : message.substring(0, cut);
    String mend = cut < 0 ? "see its log" : message.substring(cut + 2);
    return switch (e.kind()) {
      case CERTIFICATE -> ZbootException.signature(where, what, mend);
      case OCCUPIED -> ZbootException.refused(where, what, mend);
      default -> ZbootException.io(where, what, mend);
    };
  }
}
