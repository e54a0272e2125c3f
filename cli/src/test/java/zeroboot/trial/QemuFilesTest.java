package zeroboot.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.ground.ZbootException;

class QemuFilesTest {
  @TempDir private Path root;

  private Path make(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n");
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "usr/share/OVMF/OVMF_CODE_4M.fd,usr/share/OVMF/OVMF_VARS_4M.fd",
    "usr/share/edk2/ovmf/OVMF_CODE.fd,usr/share/edk2/ovmf/OVMF_VARS.fd",
    "usr/share/edk2/x64/OVMF_CODE.4m.fd,usr/share/edk2/x64/OVMF_VARS.4m.fd",
    "usr/share/qemu/ovmf-x86_64-code.bin,usr/share/qemu/ovmf-x86_64-vars.bin",
    "usr/share/qemu/edk2-x86_64-code.fd,usr/share/qemu/edk2-i386-vars.fd"
  })
  void ovmfIsFoundWhereDistributionsPutIt(String code, String variables) throws IOException {
    QemuFiles files = new QemuFiles(List.of(), root);
    assertMissing("sudo apt install ovmf", files::ovmf);
    Path codeFile = make(code);
    assertMissing("sudo apt install ovmf", files::ovmf);
    assertEquals(new QemuFiles.Ovmf(codeFile, make(variables)), files.ovmf());
  }

  @Test
  void qemuIsFoundInTheSearchPath() throws IOException {
    QemuFiles files = new QemuFiles(List.of(root.resolve("bin"), root.resolve("more")), root);
    assertMissing("sudo apt install --no-install-recommends qemu-system-x86", files::program);
    Path elsewhere = make("usr/libexec/qemu-kvm");
    assertEquals(elsewhere, files.program());
    Path program = make("more/qemu-system-x86_64");
    assertEquals(program, files.program());
    assertEquals(
        List.of(Path.of("/a"), Path.of("b")), QemuFiles.of(Map.of("PATH", "/a::b")).searchPath());
    assertEquals(List.of(), QemuFiles.of(Map.of()).searchPath());
  }

  private static void assertMissing(String mend, Runnable search) {
    ZbootException e = assertThrows(ZbootException.class, search::run);
    assertEquals(ZbootException.Kind.IO, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains(mend), e.getMessage());
  }
}
