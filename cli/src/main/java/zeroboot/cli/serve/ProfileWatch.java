package zeroboot.cli.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import zeroboot.cli.console.StandardInput;
import zeroboot.cli.settings.SettingsOptions;
import zeroboot.ground.ZbootException;
import zeroboot.profile.ProfileFile;
import zeroboot.spec.Rack;

/** Takes over what changes in the file of a profile while it is served. */
public final class ProfileWatch {
  private final SettingsOptions settings;
  private final ServeFiles files;
  private final Consumer<String> log;
  private final Optional<Path> file;
  private String seen;

  public ProfileWatch(SettingsOptions settings, ServeFiles files, Consumer<String> log) {
    this.settings = settings;
    this.files = files;
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
      Rack rack = settings.toRack(ProfileFile.read(file.orElseThrow(), StandardInput::open));
      files.change(rack);
      log.accept(file.get() + ": taken over, " + rack.nodes().size() + " nodes");
    } catch (ZbootException e) {
      log.accept("The settings stay as they were. " + e.getMessage());
    }
  }
}
