package zeroboot.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.cli.CliRun;
import zeroboot.ground.ZbootException;
import zeroboot.spec.TargetFirmware;

/** What a machine runs with, in each state that KVM can be in. A script has QEMU's place. */
class AcceleratorsTest {
  private static final String GOOD = "cat \"$serial\"; exec sleep 300";
  private static final String STARTS = "printf 'SeaBIOS (version 1)\\r\\n'; ";

  @TempDir private Path root;
  private Path image;
  private Path device;

  @BeforeEach
  void make() throws IOException {
    image = root.resolve("x.img");
    CliRun run =
        CliRun.of(
            "usb",
            "--farm-id",
            "4242",
            "--kernel-url",
            "http://10.0.2.2:8000/k",
            "--json",
            "-o",
            image.toString());
    assertEquals(0, run.exitCode(), run.err());
    String imageId = run.json().get("imageId").getAsString();
    Files.writeString(
        root.resolve("serial"), Recording.of("bios", imageId), StandardCharsets.ISO_8859_1);
    for (String file : List.of("OVMF_CODE_4M.fd", "OVMF_VARS_4M.fd")) {
      Files.createDirectories(root.resolve("usr/share/OVMF"));
      Files.writeString(root.resolve("usr/share/OVMF").resolve(file), "");
    }
    device = Files.createDirectories(root.resolve("dev")).resolve("kvm");
    Files.writeString(device, "");
  }

  /** QEMU is now a script that does one thing with KVM and another with TCG. */
  private void qemu(String kvm, String tcg) throws IOException {
    Path program = Files.createDirectories(root.resolve("bin")).resolve("qemu-system-x86_64");
    Files.writeString(
        program,
        "#!/bin/sh\nserial='"
            + root.resolve("serial")
            + "'\n"
            + "[ \"$*\" = '-display help' ] && echo gtk && exit\n"
            + "case \"$*\" in\n"
            + "*'-accel kvm'*) "
            + kvm
            + " ;;\n*'-accel tcg'*) "
            + tcg
            + " ;;\n*) echo 'which accelerator?' >&2 ;;\nesac\n");
    assertTrue(program.toFile().setExecutable(true));
  }

  /** What was switched on and given up, in order. */
  private static final class Heard implements TrialListener {
    private final List<String> events = new ArrayList<>();

    @Override
    public void begins(Accelerator accelerator, Optional<String> whyNotKvm) {
      events.add(accelerator + whyNotKvm.map(why -> " as " + why).orElse(""));
    }

    @Override
    public void givesUp(String why) {
      events.add("-" + why);
    }
  }

  private record Boots(List<Outcome> outcomes, List<String> events) {
    Outcome only() {
      assertEquals(1, outcomes.size());
      return outcomes.get(0);
    }
  }

  private Boots boot(AcceleratorChoice choice, TargetFirmware firmware, int seconds) {
    return boot(choice, firmware, seconds, false);
  }

  private Boots boot(
      AcceleratorChoice choice, TargetFirmware firmware, int seconds, boolean display) {
    Trials trials =
        new Trials(
            image,
            Milestone.KERNEL,
            display ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)),
            Optional.empty(),
            display,
            choice);
    Heard heard = new Heard();
    try (Scratch scratch = new Scratch()) {
      List<Trials.One> each =
          trials.plan(
              Optional.of(firmware),
              new QemuFiles(List.of(root.resolve("bin")), root),
              Map.of("DISPLAY", ":9"),
              scratch);
      List<Outcome> outcomes = new ArrayList<>();
      each.forEach(one -> outcomes.add(one.run(heard)));
      return new Boots(outcomes, heard.events);
    }
  }

  private Boots auto(int seconds) {
    return boot(AcceleratorChoice.AUTO, TargetFirmware.BIOS, seconds);
  }

  @Test
  void kvmThatWorks() throws IOException {
    qemu(GOOD, "exit 1");
    for (AcceleratorChoice choice : List.of(AcceleratorChoice.AUTO, AcceleratorChoice.KVM)) {
      Boots boots = boot(choice, TargetFirmware.BIOS, 60);
      assertEquals(List.of("KVM"), boots.events());
      assertTrue(boots.only().isGood(), boots.only().toString());
      assertEquals(Accelerator.KVM, boots.only().accelerator());
      assertEquals(Optional.empty(), boots.only().whyNotKvm());
    }
  }

  @Test
  void kvmIsNotTouchedWhereTcgIsAskedFor() throws IOException {
    qemu("exit 1", GOOD);
    Boots boots = boot(AcceleratorChoice.TCG, TargetFirmware.BIOS, 60);
    assertEquals(List.of("TCG"), boots.events());
    assertTrue(boots.only().isGood());
    assertEquals(Optional.empty(), boots.only().whyNotKvm());
  }

  @Test
  void kvmThatIsMissing() throws IOException {
    Files.delete(device);
    qemu("exit 1", GOOD);
    Boots boots = auto(60);
    assertEquals(List.of("TCG as there is no " + device), boots.events());
    assertTrue(boots.only().isGood());
    assertRefused("there is no " + device + "; switch on virtualisation");
  }

  @Test
  void kvmThatMayNotBeOpened() throws IOException {
    KvmDevice.Obstacle obstacle = KvmDevice.obstacle(device, new AccessDeniedException("x"));
    assertEquals("you may not open " + device, obstacle.what());
    assertTrue(obstacle.mend().contains("sudo usermod -aG kvm $USER"));
    obstacle = KvmDevice.obstacle(device, new FileSystemException("x", null, "No such device"));
    assertEquals(device + " does not open (No such device)", obstacle.what());
    // Whoever runs this: a folder cannot be opened for writing.
    Files.delete(device);
    Files.createDirectory(device);
    qemu("exit 1", GOOD);
    Boots boots = auto(60);
    assertTrue(boots.events().get(0).startsWith("TCG as " + device + " does not open ("));
    assertTrue(boots.only().isGood());
    assertRefused(device + " does not open (");
  }

  /** QEMU says so and goes on (stopped), or says so and ends, or ends without a word. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          echo 'qemu: warning: kvm: error' >&2; echo 'KVM internal error. Suberror: 1' >&2; exec sleep 300|-KVM does not work on this computer (QEMU says: KVM internal error. Suberror: 1)
          echo 'error: kvm run failed Bad address' >&2; exec sleep 300|-KVM does not work on this computer (QEMU says: error: kvm run failed Bad address)
          echo 'kvm version too old' >&2; echo 'failed to initialize kvm: Inappropriate ioctl for device' >&2; exit 1|-KVM does not work on this computer (QEMU says: kvm version too old)
          printf 'SeaBIOS (version 1)\\r\\n'; kill -SEGV $$|-KVM gets it no further (the machine switched itself off)
          echo 'qemu: Assertion `ret == n` failed.' >&2; kill -ABRT $$|-KVM gets it no further (QEMU says: qemu: Assertion `ret == n` failed.)
          exit 0|-KVM gets it no further (the machine switched itself off)
          """)
  void kvmThatFails(String script, String verdict) throws IOException {
    qemu(script, GOOD);
    Boots boots = auto(60);
    assertEquals(verdict, boots.events().get(1));
    assertEquals("TCG as " + verdict.substring(1), boots.events().get(2));
    assertTrue(boots.only().isGood(), boots.only().toString());
    assertEquals(Accelerator.TCG, boots.only().accelerator());
    String why = boots.only().whyNotKvm().orElseThrow();
    assertTrue(why.startsWith("KVM does not work on this computer ("), why);
  }

  @ParameterizedTest
  @CsvSource({
    "true,KVM internal error. Suberror: 1",
    "true,'KVM: entry failed, hardware error 0x80000021'",
    "true,Could not access KVM kernel module: No such device",
    "true,qemu-system-x86_64: -accel kvm: invalid accelerator kvm",
    "true,ioctl(KVM_CREATE_VM) failed: 16 Device or resource busy",
    "true,qemu-system-x86_64: kvm_init_vcpu: kvm_get_vcpu failed (0): Invalid argument",
    "false,qemu-system-x86_64: warning: kvm: failed to set something",
    "false,/usr/libexec/qemu-kvm: error: Could not open 'x.img'",
    "false,qemu-system-x86_64: Could not open '/images/kvm/kvm.img': Permission denied",
    "false,qemu-system-x86_64: terminating on signal 15",
    "false,kvm is used"
  })
  void whatIsSaidOfKvm(boolean about, String line) {
    assertEquals(about, RunningMachine.isAboutKvm(line));
  }

  /** Nothing at all, or not the firmware's next step. Half of the time limit is for TCG. */
  @ParameterizedTest
  @ValueSource(strings = {"", STARTS})
  void kvmThatHangs(String before) throws IOException {
    qemu(before + "exec sleep 300", GOOD);
    Boots boots = auto(10);
    assertEquals("-KVM gets it no further (no sign of life for 5 s)", boots.events().get(1));
    assertTrue(boots.only().isGood(), boots.only().toString());
    assertEquals(
        Optional.of("KVM does not work on this computer (no sign of life for 5 s)"),
        boots.only().whyNotKvm());
  }

  /** It lives, and will never get there. */
  @Test
  void kvmThatCrawls() throws IOException {
    qemu(STARTS + "while :; do echo x; sleep 1; done", GOOD);
    Boots boots = auto(10);
    assertEquals("-KVM gets it no further (nothing more within 10 s)", boots.events().get(1));
    assertTrue(boots.only().isGood(), boots.only().toString());
  }

  /** The second firmware does not wait for what the first has shown. */
  @Test
  void whatIsKnownOfKvmIsNotTriedAgain() throws IOException {
    qemu(STARTS + "exec sleep 300", GOOD);
    Boots boots = boot(AcceleratorChoice.AUTO, TargetFirmware.BOTH, 10);
    assertEquals(
        List.of(
            "KVM",
            "-KVM gets it no further (no sign of life for 5 s)",
            "TCG as KVM gets it no further (no sign of life for 5 s)",
            "TCG as KVM does not work on this computer (no sign of life for 5 s)"),
        boots.events());
  }

  /** An image that gets no further with TCG says nothing against KVM. */
  @Test
  void anImageThatHangsIsNotKvmsFault() throws IOException {
    qemu(STARTS + "exit 0", STARTS + "exit 0");
    Boots boots = boot(AcceleratorChoice.AUTO, TargetFirmware.BOTH, 60);
    String verdict = "KVM gets it no further (the machine switched itself off)";
    assertEquals(
        List.of(
            "KVM", "-" + verdict, "TCG as " + verdict, "KVM", "-" + verdict, "TCG as " + verdict),
        boots.events());
    assertEquals(Optional.of("the machine switched itself off"), boots.outcomes().get(0).failure());
  }

  @Test
  void kvmOrNothing() throws IOException {
    qemu("echo 'KVM internal error. Suberror: 1' >&2; exec sleep 300", GOOD);
    assertRefused(
        "KVM does not work on this computer (QEMU says: KVM internal error. Suberror: 1)");
    qemu(STARTS + "exec sleep 300", GOOD);
    Boots boots = boot(AcceleratorChoice.KVM, TargetFirmware.BIOS, 5);
    assertEquals(List.of("KVM"), boots.events());
    assertEquals(Optional.of("nothing more within 5 s"), boots.only().failure());
  }

  @Test
  void aClosedWindowIsNotOpenedAgain() throws IOException {
    qemu(STARTS + "exit 0", "exit 1");
    Boots boots = boot(AcceleratorChoice.AUTO, TargetFirmware.BIOS, 0, true);
    assertEquals(List.of("KVM"), boots.events());
  }

  private void assertRefused(String says) {
    ZbootException e =
        assertThrows(
            ZbootException.class, () -> boot(AcceleratorChoice.KVM, TargetFirmware.BIOS, 60));
    assertEquals(ZbootException.Kind.IO, e.kind());
    assertTrue(String.valueOf(e.getMessage()).startsWith("--accel kvm: " + says), e.getMessage());
  }
}
