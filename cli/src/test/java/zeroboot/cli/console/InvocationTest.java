package zeroboot.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is printed to be pasted can be pasted. */
class InvocationTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "./zboot, , ./zboot",
        "../my zboot/zboot, , \"'../my zboot/zboot'\"",
        "/usr/bin/zboot, , zboot",
        "/opt/zboot/bin/zboot, , /opt/zboot/bin/zboot",
        "zboot, , zboot",
        ", /tmp/zboot-1.0.jar, java -jar /tmp/zboot-1.0.jar",
        ", it's.jar, java -jar 'it'\\''s.jar'",
        ", a.jar:b.jar, zboot",
        ", target/classes, zboot"
      })
  void theNameThatItWasCalledBy(String called, String classPath, String printed) {
    assertEquals(
        printed,
        Invocation.program(
            called == null ? "" : called,
            classPath == null ? "" : classPath,
            "/usr/local/bin:/usr/bin:/bin"));
  }
}
