package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import zeroboot.cli.CliRun;
import zeroboot.cli.FarmKeys;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/**
 * Keys made by {@code zboot keys}, enrolled in firmware that was in setup mode. The UEFI shell's
 * {@code dmpstore} does it, from the {@code .auth} files as they are, each in the envelope that the
 * command reads. (efitools' UpdateVars.efi, as Debian builds it, has lost the names of the
 * variables.)
 *
 * <p>PK goes first: with it setup mode ends, so firmware itself verifies the signatures of all
 * further files, and what a stranger signed it has to refuse.
 *
 * @param keys the keys
 * @param stranger other keys
 * @param variables the firmware's variables afterwards
 */
record EnrolledKeys(FarmKeys keys, FarmKeys stranger, Path variables) {
  private static final String GLOBAL = "8be4df61-93ca-11d2-aa0d-00e098032b8c";
  private static final String SECURITY_DATABASE = "d719b2cb-3d3a-4596-a3bc-dad00e67656f";

  /** NON_VOLATILE, BOOTSERVICE, RUNTIME, TIME_BASED_AUTHENTICATED_WRITE. */
  private static final int ATTRIBUTES = 0x27;

  /** The same and APPEND_WRITE. */
  private static final int APPEND = 0x67;

  /** A file for the firmware, and what it has to answer. */
  private record Step(boolean ours, String file, boolean accepted) {
    String variable() {
      return file.equals("noPK") ? "PK" : file;
    }
  }

  private static final List<Step> STEPS =
      List.of(
          new Step(true, "PK", true),
          new Step(false, "PK", false),
          new Step(false, "KEK", false),
          new Step(true, "KEK", true),
          new Step(true, "db", true),
          new Step(false, "KEK", false),
          new Step(false, "db", false),
          new Step(false, "noPK", false),
          new Step(true, "noPK", true), // ends the enforcement
          new Step(true, "PK", true));

  private static @Nullable EnrolledKeys shared;

  /** Enrolled once for all tests, which change nothing of it. */
  static synchronized EnrolledKeys shared() throws IOException {
    if (shared == null) {
      Path target = Path.of("target").toAbsolutePath();
      shared = make(Files.createTempDirectory(target, "enrolled-keys"));
    }
    return shared;
  }

  private static EnrolledKeys make(Path folder) throws IOException {
    FarmKeys keys = FarmKeys.make(folder);
    FarmKeys stranger = FarmKeys.make(Files.createDirectory(folder.resolve("stranger")));
    Path variables = folder.resolve("enrolled.fd");
    Path stick = Stick.empty(folder.resolve("enrol.img"));
    List<String> script = new ArrayList<>(List.of("fs0:"));
    for (int i = 0; i < STEPS.size(); i++) {
      Step step = STEPS.get(i);
      Path dump = folder.resolve(i + ".dmp");
      String auth = (step.ours() ? keys : stranger).file("enroll/" + step.file() + ".auth");
      Files.write(dump, dumpEntry(step.variable(), ATTRIBUTES, Files.readAllBytes(Path.of(auth))));
      Stick.copy(stick, dump, "::/" + i + ".dmp");
      script.add("dmpstore -all -l " + i + ".dmp");
      script.add("dmpstore SetupMode");
    }
    script.add("reset -s\r\n");
    Path shell = Files.writeString(folder.resolve("startup.nsh"), String.join("\r\n", script));
    Stick.copy(stick, shell, "::/startup.nsh");
    try (QemuMachine machine =
        Qemu.with(Firmware.UEFI_SECURE_BOOT)
            .variables(Firmware.variablesWithoutKeys())
            .disk(DiskBus.VIRTIO, stick)
            .start()) {
      machine.awaitPowerOff(Duration.ofMinutes(5));
      machine.saveVariables(variables);
      requireAnswers(machine.console().text());
    }
    return new EnrolledKeys(keys, stranger, variables);
  }

  /** What the shell says after each file, and whether setup mode is over then. */
  private static void requireAnswers(String console) {
    String[] answers = console.split("Load and set variables from file: ", -1);
    assertEquals(STEPS.size() + 1, answers.length, console);
    for (int i = 0; i < STEPS.size(); i++) {
      Step step = STEPS.get(i);
      String answer = answers[i + 1];
      assertEquals(!step.accepted(), answer.contains("Failed to set variable"), answer);
      boolean setupMode = step.ours() && step.file().equals("noPK");
      assertTrue(answer.contains(setupMode ? "00000000: 01" : "00000000: 00"), answer);
    }
  }

  /** As EDK II's dmpstore writes one: sizes, name, GUID, attributes, data, CRC-32. */
  private static byte[] dumpEntry(String name, int attributes, byte[] data) {
    UUID guid = UUID.fromString(name.startsWith("db") ? SECURITY_DATABASE : GLOBAL);
    byte[] text = (name + "\0").getBytes(StandardCharsets.UTF_16LE);
    int size = 4 + 4 + text.length + 16 + 4 + data.length;
    ByteBuffer b = ByteBuffer.allocate(size + 4).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(text.length).putInt(data.length).put(text);
    long high = guid.getMostSignificantBits();
    b.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
    b.order(ByteOrder.BIG_ENDIAN).putLong(guid.getLeastSignificantBits());
    b.order(ByteOrder.LITTLE_ENDIAN).putInt(attributes).put(data);
    CRC32 crc = new CRC32();
    crc.update(b.array(), 0, size);
    return b.putInt((int) crc.getValue()).array();
  }

  /**
   * The same after updates of dbx, in this order, each of which firmware has to accept or refuse.
   * Debian's firmware starts no shell under Secure Boot. So all begins anew in setup mode, which
   * ends with PK, and the shell goes on.
   *
   * @param updates {@code .auth} files, and whether they have to be accepted
   */
  EnrolledKeys revoked(Path folder, Map<Path, Boolean> updates) throws IOException {
    Path stick = Stick.empty(folder.resolve("revoke.img"));
    List<String> script = new ArrayList<>(List.of("fs0:"));
    List<byte[]> dumps = new ArrayList<>();
    for (String variable : List.of("PK", "KEK", "db")) {
      Path auth = Path.of(keys.file("enroll/" + variable + ".auth"));
      dumps.add(dumpEntry(variable, ATTRIBUTES, Files.readAllBytes(auth)));
    }
    for (Path update : updates.keySet()) {
      dumps.add(dumpEntry("dbx", APPEND, Files.readAllBytes(update)));
    }
    for (byte[] dump : dumps) {
      String name = "r" + script.size() + ".dmp";
      Stick.copy(stick, Files.write(folder.resolve(name), dump), "::/" + name);
      script.add("dmpstore -all -l " + name);
    }
    script.add("reset -s\r\n");
    Path shell = Files.writeString(folder.resolve("revoke.nsh"), String.join("\r\n", script));
    Stick.copy(stick, shell, "::/startup.nsh");
    Path after = folder.resolve("revoked.fd");
    try (QemuMachine machine =
        machine().variables(Firmware.variablesWithoutKeys()).disk(DiskBus.VIRTIO, stick).start()) {
      machine.awaitPowerOff(Duration.ofMinutes(5));
      machine.saveVariables(after);
      String console = machine.console().text();
      String[] answers = console.split("Load and set variables from file: ", -1);
      assertEquals(dumps.size() + 1, answers.length, console);
      int i = dumps.size() - updates.size() + 1;
      for (boolean accepted : updates.values()) {
        assertEquals(!accepted, answers[i++].contains("Failed to set variable"), console);
      }
    }
    return new EnrolledKeys(keys, stranger, after);
  }

  /** Options that sign an image for this firmware; the servers of tests have no TLS. */
  String[] options(String... more) {
    return options(keys, more);
  }

  static String[] options(FarmKeys keys, String... more) {
    List<String> all = new ArrayList<>(List.of("--secure-boot-key", keys.file("db.p12")));
    all.add("--allow-plain-http");
    all.addAll(List.of(more));
    return keys.with(all.toArray(String[]::new));
  }

  /** A machine that trusts the keys, and nothing else. */
  Qemu machine() {
    return Qemu.with(Firmware.UEFI_SECURE_BOOT).variables(variables);
  }

  /** A copy of a UEFI file, signed with db. */
  Path signed(Path efi, Path to) {
    CliRun run =
        CliRun.of(
            keys.with(
                "sign",
                "--secure-boot",
                "--unchecked",
                "--key",
                keys.file("db.p12"),
                "-o",
                to.toString(),
                efi.toString()));
    assertEquals(0, run.exitCode(), run.err());
    return to;
  }

  /** The file without its signatures, as sbattach leaves it. */
  static Path withoutSignature(Path efi) {
    ForeignTool.require("sbattach").run("--remove", efi.toString()).ok();
    return efi;
  }
}
