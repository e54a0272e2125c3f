package zeroboot.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpioArchiveTest {
  @Test
  void busyboxUnpacksIt(@TempDir Path folder) throws IOException {
    byte[] content = {1, 2, 3, 4, 5};
    byte[] archive = new CpioArchive().folder("bin").program("bin/five", content).bytes(4096);
    assertEquals(4096, archive.length);
    Files.write(folder.resolve("archive"), archive);

    ForeignTool.require("busybox")
        .run("sh", "-c", "cd \"$0\" && cpio -i -F archive", folder.toString())
        .ok();

    assertArrayEquals(content, Files.readAllBytes(folder.resolve("bin/five")));
    assertTrue(Files.isExecutable(folder.resolve("bin/five")));
  }
}
