package zeroboot.server.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import zeroboot.spec.MacAddress;

class FileNameTest {
  @Test
  void ownNamesInEveryForm() {
    Optional<MacAddress> mac = Optional.of(new MacAddress("52:54:00:77:00:10"));
    for (String name : List.of("52-54-00-77-00-10/zboot.efi", "//52:54:00:77:00:10//zboot.efi")) {
      assertEquals(Optional.of(new FileName(mac, BootFiles.Kind.EFI)), FileName.parse(name), name);
    }
    for (BootFiles.Kind kind : BootFiles.Kind.values()) {
      assertEquals(
          Optional.of(new FileName(Optional.empty(), kind)), FileName.parse(kind.fileName()));
    }
  }

  @Test
  void nothingElse() {
    for (String name :
        List.of(
            "",
            "/",
            "zboot",
            "zboot.efi/",
            "../zboot.efi",
            "etc/zboot.efi",
            "zboot.efi\0",
            "autoexec.ipxe",
            "ZBOOT.EFI",
            "a/52-54-00-77-00-10/zboot.efi",
            "\\zboot.efi",
            "00-00-00-00-00-00/zboot.efi",
            "/".repeat(300) + "zboot.efi")) {
      assertEquals(Optional.empty(), FileName.parse(name), name);
    }
  }
}
