package zeroboot.cli.write;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import zeroboot.cli.console.Dialogue;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.NextSteps;
import zeroboot.cli.console.NothingWritten;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.StandardInput;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.settings.CoreOption;
import zeroboot.cli.settings.FirmwareOption;
import zeroboot.cli.settings.SettingsOptions;
import zeroboot.cli.settings.TableOption;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.ImageMaker;
import zeroboot.script.BootScripts;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;
import zeroboot.usb.DeviceException;
import zeroboot.usb.NameStyle;
import zeroboot.usb.source.ImageSource;
import zeroboot.usb.source.ImageSources;

/** {@code zboot write}. */
@Command(
    addMethodSubcommands = false,
    name = "write",
    description =
        "Writes an image to sticks, cards or disks, and reads it back. Everything on them is"
            + " erased.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {
      "",
      "With options of zboot usb (--farm-id ...) instead of IMAGE, it is made first.",
      "Examples:",
      "  sudo zboot write zboot-farm4242-main.iso /dev/sdX",
      "  sudo zboot write --farm-id 4242 /dev/sdX /dev/sdY",
      "  sudo zboot write --yes-erase 4C530001 node.img /dev/disk/by-id/usb-..."
    })
public final class WriteCommand implements Callable<Integer> {
  private static final String STDIN = "-";

  @Parameters(
      paramLabel = "IMAGE DEVICE",
      arity = "0..*",
      description =
          "A file (.gz and .xz are unpacked) or - for standard input; then disks, by path or id,"
              + " or plain files.")
  List<String> words = new ArrayList<>();

  @Mixin final WriteSwitches switches = new WriteSwitches();
  @Mixin final SettingsOptions settings = SettingsOptions.withoutFarm();
  @Mixin final FirmwareOption firmware = new FirmwareOption();
  @Mixin final TableOption table = new TableOption();
  @Mixin final CoreOption core = new CoreOption();
  private final Session session;

  WriteCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try {
      List<String> targets = new ArrayList<>(words);
      checkOneImage(targets);
      WriteReport report = report();
      ImageSource image = settings.isGiven() ? made(report) : given(targets);
      if (targets.isEmpty()) {
        throw ZbootException.usage(
            "zboot write", "the device is missing", "zboot devices lists the disks");
      }
      ImageVerdict verdict =
          settings.isGiven() ? ImageVerdict.MADE : ImageVerdict.of(image, session.cores().all());
      int exitCode = new WriteRun(switches, image, verdict, report, session.streams()).run(targets);
      boolean isBootable = verdict.kind() == ImageVerdict.Kind.ZERO_BOOT;
      if (exitCode == ExitCode.OK && isBootable && !switches.isDryRun() && isOnDisk(targets)) {
        nextSteps().say(switches.isJson() || session.streams().isQuiet());
      }
      return exitCode;
    } catch (Dialogue.Ended e) {
      NothingWritten.say(session.streams().err());
      return ExitCode.INTERRUPTED;
    } catch (DeviceException e) {
      throw DeviceErrors.translate(e);
    }
  }

  /**
   * Either a file is written or what the settings make, and each leaves the other's options out.
   */
  private void checkOneImage(List<String> words) {
    if (!settings.isGiven()) {
      refuseUnlessMade("--firmware", firmware.isGiven());
      refuseUnlessMade("--table", table.isGiven());
      refuseUnlessMade("--core", core.isGiven());
    } else if (!words.isEmpty() && isImage(words.get(0), words.subList(1, words.size()))) {
      throw ZbootException.usage(
          words.get(0),
          "an image is named, and settings that make another one are given",
          "leave one of them out");
    }
  }

  private static void refuseUnlessMade(String option, boolean isGiven) {
    if (isGiven) {
      throw ZbootException.usage(
          option,
          "changes nothing in an image that is there already",
          "leave it out, or have one made with --farm-id N");
    }
  }

  /** Whether this can be no target: a target may be a plain file, but hardly beside a disk. */
  private static boolean isImage(String word, List<String> others) {
    return word.equals(STDIN)
        || word.matches("(?i).*\\.(iso|gz|xz)")
        || (Files.isRegularFile(Path.of(word))
            && others.stream().anyMatch(NameStyle.current()::namesDevice));
  }

  private static boolean isOnDisk(List<String> targets) {
    return targets.stream().anyMatch(target -> !Files.isRegularFile(Path.of(target)));
  }

  private NextSteps nextSteps() {
    return new NextSteps(session)
        .advise("plug it in", "Stick and network cable into the node; switch it on.")
        .advise(
            "boot menu",
            "Press its key again and again from the start: F12 (Acer, Dell, Fujitsu, Gigabyte,"
                + " Lenovo), F11 (ASRock, Dell and HPE servers, MSI, Supermicro), F10 (Intel), F9"
                + " (HP), F8 or Esc (ASUS).")
        .advise(
            "choose",
            "The stick; if it is there twice, the line with UEFI. If it does not start, switch"
                + " Secure Boot off in the setup. Leave the stick in.");
  }

  private WriteReport report() {
    if (switches.isJson()) {
      return new JsonReport(session.streams().out());
    }
    return session.streams().isQuiet()
        ? new QuietReport(session.streams())
        : TextReport.on(session.streams(), session.terminal());
  }

  private ImageSource made(WriteReport report) {
    Rack rack = settings.toRack();
    IpxeCore ipxe = core.load(session.cores());
    TargetFirmware chosen = firmware.chosen();
    byte[] bytes =
        new ImageMaker(ipxe)
            .make(table.form(), chosen, rack, BootScripts.render(rack, ipxe))
            .bytes();
    settings.warnings(rack, ipxe).forEach(report::warning);
    return ImageSources.ofBytes(table.form().fileName(rack, chosen), bytes);
  }

  /** Takes the image off the list of words. */
  private ImageSource given(List<String> targets) {
    if (targets.isEmpty() || (targets.size() == 1 && targets.get(0).startsWith("/dev/"))) {
      throw ZbootException.usage(
          "zboot write",
          "the image is missing",
          "name the image, then the device; or add --farm-id N to make one");
    }
    String name = targets.remove(0);
    if (!name.equals(STDIN)) {
      if (Files.notExists(Path.of(name))) {
        throw ZbootException.usage(name, "no such file", "name an image that is there");
      }
      return ImageSources.ofFile(Path.of(name));
    }
    ImageSource image = ImageSources.ofStream("standard input", StandardInput.open());
    if (targets.size() > 1 && !image.isRepeatable()) {
      throw ZbootException.usage(
          "-",
          "an image this large on standard input goes to one device only",
          "store it in a file first");
    }
    return image;
  }
}
