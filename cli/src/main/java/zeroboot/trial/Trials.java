package zeroboot.trial;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import zeroboot.ground.ZbootException;
import zeroboot.spec.BootPath;
import zeroboot.spec.TargetFirmware;

/**
 * What is to be tried, checked before any machine starts.
 *
 * @param file the image
 * @param goal how far it has to come
 * @param timeout for each firmware; empty for as long as the window is open
 * @param node of a rack's image, the one to be; empty for a machine that is not listed
 * @param opensWindow whether QEMU opens its window
 * @param acceleration what the machines run with
 */
public record Trials(
    Path file,
    Milestone goal,
    Optional<Duration> timeout,
    Optional<String> node,
    boolean opensWindow,
    AcceleratorChoice acceleration) {
  private static final List<String> WINDOWS = List.of("gtk", "sdl", "cocoa");

  /** A QEMU that is asked what it can do. */
  private static final long ANSWER_SECONDS = 30;

  /** SeaBIOS, etc/sercon-port: the first serial port, little-endian. */
  private static final byte[] SERIAL_PORT = {(byte) 0xF8, 0x03};

  /** One firmware's trial. */
  public record One(TargetFirmware firmware, Trial trial) {
    /** Boots the image. */
    public Outcome run(TrialListener listener) {
      return trial.run(listener);
    }

    /** The VLAN whose tag its network would have to carry. */
    public Optional<String> vlan() {
      return trial.expected().vlan();
    }
  }

  /**
   * A trial for each firmware, BIOS first.
   *
   * @param wanted empty for all that the image boots in
   * @param scratch for what QEMU wants as files; has to last as long as the trials
   * @throws ZbootException if the image cannot be tried so, or QEMU, OVMF or a wanted KVM is
   *     missing
   */
  public List<One> plan(
      Optional<TargetFirmware> wanted,
      QemuFiles files,
      Map<String, String> environment,
      Scratch scratch) {
    List<BootPath> each = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    for (BootPath path : wanted.orElse(TargetFirmware.BOTH).paths()) {
      Optional<Candidate> candidate = Candidate.of(file, path);
      if (candidate.isEmpty() && wanted.isPresent()) {
        throw ZbootException.usage(
            "--firmware " + wanted.get().shown(),
            file + " does not boot in " + path.machines() + " mode",
            "leave --firmware out, or make an image for both");
      }
      candidate.ifPresent(
          found -> {
            each.add(path);
            candidates.add(found);
          });
    }
    Path program = files.program();
    Accelerators accelerators = Accelerators.of(acceleration, files.kvmDevice());
    Optional<VirtualMachine.Window> window = window(program, environment, scratch);
    List<One> trials = new ArrayList<>();
    for (int i = 0; i < each.size(); i++) {
      BootPath path = each.get(i);
      Optional<Candidate.Purpose> purpose = candidates.get(i).purpose(path, node);
      VirtualMachine machine =
          new VirtualMachine(
              program,
              path == BootPath.BIOS ? Optional.empty() : Optional.of(files.ovmf()),
              candidates.get(i).bootable(path, scratch),
              purpose.map(Candidate.Purpose::network).orElse(GuestNetwork.PLAIN),
              window);
      Expected expected = purpose.map(Candidate.Purpose::expected).orElse(Expected.ANYTHING);
      trials.add(
          new One(
              path.firmware(), new Trial(machine, expected, goal, timeout, accelerators, scratch)));
    }
    return trials;
  }

  private Optional<VirtualMachine.Window> window(
      Path program, Map<String, String> environment, Scratch scratch) {
    if (!opensWindow) {
      return Optional.empty();
    }
    String kinds = displays(program, scratch);
    String kind =
        WINDOWS.stream()
            .filter(name -> kinds.lines().anyMatch(name::equals))
            .findFirst()
            .orElseThrow(
                () ->
                    ZbootException.io(
                        "--display",
                        "this QEMU can open no window",
                        "on Debian and Ubuntu: sudo apt install qemu-system-gui; or leave it out"));
    boolean desktop =
        kind.equals("cocoa")
            || environment.containsKey("DISPLAY")
            || environment.containsKey("WAYLAND_DISPLAY");
    if (!desktop) {
      throw ZbootException.usage(
          "--display", "there is no desktop here to open a window on", "leave it out");
    }
    return Optional.of(new VirtualMachine.Window(kind, scratch.file("serial-port", SERIAL_PORT)));
  }

  private static String displays(Path program, Scratch scratch) {
    Path said = scratch.unused("displays");
    try {
      Process process =
          new ProcessBuilder(program.toString(), "-display", "help")
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(said.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
          throw ZbootException.io(
              program.toString(),
              "does not say within " + ANSWER_SECONDS + " s what windows it can open",
              "leave --display out");
        }
      } finally {
        process.destroyForcibly();
      }
      try (InputStream from = Files.newInputStream(said)) {
        return new String(from.readNBytes(1 << 16), StandardCharsets.ISO_8859_1);
      }
    } catch (IOException e) {
      throw ZbootException.io(
          program.toString(), "cannot be started (" + e.getMessage() + ")", "reinstall QEMU");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
