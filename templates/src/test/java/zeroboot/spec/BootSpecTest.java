package zeroboot.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootSpecTest {
  @ParameterizedTest
  @CsvSource({"1,1", "4242,4242", "007,7", "4294967295,4294967295"})
  void readsFarmIds(String text, long value) {
    assertEquals(value, FarmId.parse(text).value());
  }

  @ParameterizedTest
  @CsvSource({
    "main,prod",
    "prod,prod",
    "Mainnet,prod",
    "test,test",
    "testnet,test",
    "qa,qa",
    "QANET,qa",
    "dev,dev",
    "devnet,dev"
  })
  void zeroOsGetsOnlyShortRunModes(String name, String runMode) {
    assertEquals(runMode, GridNetwork.parse(name).runMode());
    assertTrue(GridNetwork.parse(name).kernelUrl().value().endsWith("/net/" + runMode + ".efi"));
  }

  @Test
  void commandLineStartsWithWhatZeroOsNeeds() {
    assertEquals(
        "farmer_id=4242 runmode=prod version=v3 nomodeset panic=7200 missing-ssd console=tty0"
            + " console=ttyS0,115200n8 x=\"a b\"",
        spec("missing-ssd", "console=tty0", "console=ttyS0,115200n8", "x=\"a b\"")
            .commandLine()
            .text());
  }

  @Test
  void aUsersWordReplacesADefaultOfTheSameKey() {
    assertEquals(
        "farmer_id=4242 runmode=prod version=v3 nomodeset panic=60",
        spec("panic=60").commandLine().text());
  }

  @Test
  void kernelUrlsKeepTheirOrderAndAreTriedOnce() {
    KernelUrl a = KernelUrl.parse("https://a.example/k");
    KernelUrl b = KernelUrl.parse("http://192.0.2.1:8080/k?x=1&y=2");
    BootSpec spec =
        new BootSpec(
            new FarmId(1), GridNetwork.DEV, List.of(b, a, b), List.of(), FailureAction.REBOOT);
    assertEquals(List.of(b, a), spec.kernelUrls());
    assertEquals(1, spec.warnings().size());
    assertTrue(spec.warnings().get(0).contains("plain HTTP"));
  }

  @Test
  void nothingToWarnAboutByDefault() {
    assertEquals(List.of(), spec().warnings());
  }

  private static BootSpec spec(String... words) {
    return new BootSpec(
        new FarmId(4242),
        GridNetwork.MAIN,
        List.of(),
        List.of(words).stream().map(KernelArgument::parse).toList(),
        FailureAction.REBOOT);
  }
}
