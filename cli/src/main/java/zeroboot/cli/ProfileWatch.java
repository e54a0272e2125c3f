package zeroboot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import zeroboot.profile.ProfileFile;
import zeroboot.spec.Rack;
import zeroboot.spec.ZbootException;

/** Takes over what changes in the file of a profile while it is served. */
final class ProfileWatch {
  private final SettingsOptions settings;
  private final ServeFiles files;
  private final Consumer<String> log;
  private final Optional<Path> file;
  private String seen;

  ProfileWatch(SettingsOptions settings, ServeFiles files, Consumer<String> log) {
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
  void look() {
    String now = state();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      Rack rack = settings.toRack(ProfileFile.read(file.orElseThrow()));
      files.change(rack);
      log.accept(file.get() + ": taken over, " + rack.nodes().size() + " nodes");
    } catch (ZbootException e) {
      log.accept("The settings stay as they were. " + e.getMessage());
    }
  }
}
