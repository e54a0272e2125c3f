package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.spec.FarmId;
import zeroboot.spec.FixedAddress;
import zeroboot.testing.MethodCalls;

/** What was given is checked where it was given, and goes on as what it is. */
class ParsedOnceTest {
  @TempDir private Path folder;

  @Test
  void valuesAreParsedOnceWhenAnImageIsMade() {
    Path image = folder.resolve("x.img");
    assertEquals(1, parses(FarmId.class, "usb --farm-id 4242 -o " + image));
    assertTrue(Files.exists(image));
    String network = " --address 192.0.2.10/24 --gateway 192.0.2.1";
    assertEquals(
        1, parses(FixedAddress.class, "script --farm-id 4242 -o " + image + "2" + network));
  }

  private static int parses(Class<?> type, String words) {
    List<String> command = ZbootProcess.command(words.split(" ", -1));
    int main = command.indexOf(Main.class.getName());
    return MethodCalls.count(
        command.subList(1, main), command.subList(main, command.size()), type, "parse");
  }
}
