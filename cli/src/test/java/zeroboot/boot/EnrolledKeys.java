package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;
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
 * command reads. (efitools' UpdateVars.efi, as Debian builds it, knows the name of no variable.)
 *
 * @param keys the keys
 * @param variables the firmware's variables afterwards
 */
record EnrolledKeys(FarmKeys keys, Path variables) {
  private static final String GLOBAL = "8be4df61-93ca-11d2-aa0d-00e098032b8c";
  private static final String SECURITY_DATABASE = "d719b2cb-3d3a-4596-a3bc-dad00e67656f";

  /** NON_VOLATILE, BOOTSERVICE, RUNTIME, TIME_BASED_AUTHENTICATED_WRITE. */
  private static final int ATTRIBUTES = 0x27;

  static EnrolledKeys make(Path folder) throws IOException {
    FarmKeys keys = FarmKeys.make(folder);
    Path stick = Stick.empty(folder.resolve("enrol.img"));
    Path dump = folder.resolve("keys.dmp");
    Files.write(dump, new byte[0]);
    for (String[] variable :
        new String[][] {{"db", SECURITY_DATABASE}, {"KEK", GLOBAL}, {"PK", GLOBAL}}) {
      byte[] auth = Files.readAllBytes(Path.of(keys.file("enroll/" + variable[0] + ".auth")));
      byte[] entry = dumpEntry(variable[0], UUID.fromString(variable[1]), auth);
      Files.write(dump, entry, StandardOpenOption.APPEND);
    }
    Stick.copy(stick, dump, "::/keys.dmp");
    Path script = folder.resolve("startup.nsh");
    Files.writeString(
        script,
        String.join(
            "\r\n", "fs0:", "dmpstore -all -l keys.dmp", "dmpstore SetupMode", "reset -s", ""));
    Stick.copy(stick, script, "::/startup.nsh");
    Path variables = folder.resolve("enrolled.fd");
    try (QemuMachine machine =
        Qemu.with(Firmware.UEFI_SECURE_BOOT)
            .variables(Firmware.variablesWithoutKeys())
            .disk(DiskBus.VIRTIO, stick)
            .start()) {
      machine.console().await("00000000: 00"); // SetupMode is over
      machine.awaitPowerOff(Duration.ofSeconds(60));
      machine.saveVariables(variables);
    }
    return new EnrolledKeys(keys, variables);
  }

  /** As EDK II's dmpstore writes one: sizes, name, GUID, attributes, data, CRC-32. */
  private static byte[] dumpEntry(String name, UUID guid, byte[] data) {
    byte[] text = (name + "\0").getBytes(StandardCharsets.UTF_16LE);
    int size = 4 + 4 + text.length + 16 + 4 + data.length;
    ByteBuffer b = ByteBuffer.allocate(size + 4).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(text.length).putInt(data.length).put(text);
    long high = guid.getMostSignificantBits();
    b.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
    b.order(ByteOrder.BIG_ENDIAN).putLong(guid.getLeastSignificantBits());
    b.order(ByteOrder.LITTLE_ENDIAN).putInt(ATTRIBUTES).put(data);
    CRC32 crc = new CRC32();
    crc.update(b.array(), 0, size);
    return b.putInt((int) crc.getValue()).array();
  }

  /** Options that sign an image for this firmware. */
  String[] options(String... more) {
    return options(keys, more);
  }

  static String[] options(FarmKeys keys, String... more) {
    List<String> all = new ArrayList<>(List.of("--secure-boot-key", keys.file("db.p12")));
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
