package zeroboot.cli.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import zeroboot.cli.console.StandardInput;
import zeroboot.cli.settings.SettingsOptions;
import zeroboot.ground.Warning;
import zeroboot.ground.ZbootException;
import zeroboot.profile.Profile;
import zeroboot.profile.ProfileFile;
import zeroboot.spec.Rack;

/** Takes over what changes in the file of a profile while it is served. */
public final class ProfileWatch {
  private final SettingsOptions settings;
  private final ServeFiles files;
  private final Consumer<Rack> signable;
  private final Function<Profile, KernelChecks> checks;
  private final Consumer<String> log;
  private final Optional<Path> file;
  private String seen;

  /**
   * Watches the file that is named among the settings, if one is.
   *
   * @param signable refuses what must not be signed, if loaders are signed
   * @param checks what a profile wants of its kernels
   * @param log hears what was taken over, or why it was not
   */
  public ProfileWatch(
      SettingsOptions settings,
      ServeFiles files,
      Consumer<Rack> signable,
      Function<Profile, KernelChecks> checks,
      Consumer<String> log) {
    this.settings = settings;
    this.files = files;
    this.signable = signable;
    this.checks = checks;
    this.log = log;
    file = settings.profileFile().filter(path -> !path.toString().equals("-"));
    seen = state();
  }

  /** When it was changed and how long it is. */
  private String state() {
    if (file.isEmpty()) {
      return "";
    }
    try {
      return Files.getLastModifiedTime(file.get()) + " " + Files.size(file.get());
    } catch (IOException e) {
      return "gone";
    }
  }

  /** Looks whether it changed; one that is not acceptable changes nothing. */
  public void look() {
    String now = state();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      Profile profile = ProfileFile.read(file.orElseThrow(), StandardInput::open);
      Rack rack = settings.toRack(profile);
      signable.accept(rack);
      files.change(rack, checks.apply(profile));
      log.accept(file.get() + ": taken over, " + rack.nodes().size() + " nodes");
    } catch (ZbootException e) {
      log.accept(Warning.of("The settings stay as they were. " + e.getMessage()));
    }
  }
}
