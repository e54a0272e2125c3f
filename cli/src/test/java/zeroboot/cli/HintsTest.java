package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Advice says what to type here. */
class HintsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          zboot devices lists the disks            | ./zboot devices lists the disks
          see zboot --help                         | see ./zboot --help
          see zboot keys new --help                | see ./zboot keys new --help
          (zboot core fetch)                       | (./zboot core fetch)
          `zboot serve --explain` prints the lines | `./zboot serve --explain` prints the lines
          zboot iso, or zboot usb                  | ./zboot iso, or ./zboot usb
          zboot sets 'farm_id' itself              | zboot sets 'farm_id' itself
          zboot writes images of any kind          | zboot writes images of any kind
          the zboot that made it                   | the zboot that made it
          sudo /opt/zboot devices                  | sudo /opt/zboot devices
          my-zboot iso                             | my-zboot iso
          no command in it                         | no command in it
          """)
  void namesTheProgramAsItWasCalled(String advice, String shown) {
    assertEquals(shown, Hints.by("./zboot").apply(advice));
  }
}
