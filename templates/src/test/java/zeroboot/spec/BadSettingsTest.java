package zeroboot.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must never get into a script: each case with a word that its message has to hold. */
class BadSettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "00",
        "4294967296",
        "99999999999",
        "12abc",
        "1.5",
        "1e3",
        "0x10",
        "",
        " 1",
        "1 ",
        "1\n",
        "１２",
        "+1",
        "1,000"
      })
  void farmId(String text) {
    refused(() -> FarmId.parse(text), "from 1 to 4294967295");
  }

  static Stream<Arguments> urls() {
    return Stream.of(
        Arguments.of("", "empty"),
        Arguments.of("kernel.efi", "not an http"),
        Arguments.of("ftp://example.com/k", "not an http"),
        Arguments.of("file:///k", "not an http"),
        Arguments.of("https:///k", "no server"),
        Arguments.of("https://", "not a URL"),
        Arguments.of("https://user:pw@example.com/k", "password"),
        Arguments.of("https://user@example.com/k", "password"),
        Arguments.of("https://example.com/a b", "spaces"),
        Arguments.of("https://example.com/a\tb", "U+0009"),
        Arguments.of("https://example.com/a\nreboot", "line break"),
        Arguments.of("https://example.com/${net0/mac}", "${"),
        Arguments.of("https://example.com/ä", "U+00E4"),
        Arguments.of("https://exa_mple.com/k", "not a URL"),
        Arguments.of("https://example.com:0/k", "port"),
        Arguments.of("https://example.com:99999/k", "port"),
        Arguments.of("https://example.com/k#top", "'#'"),
        Arguments.of("https://example.com/a||b", "||"),
        Arguments.of("https://example.com/" + "k".repeat(1024), "longer"));
  }

  @ParameterizedTest
  @MethodSource("urls")
  void kernelUrl(String text, String says) {
    refused(() -> KernelUrl.parse(text), says);
  }

  static Stream<Arguments> words() {
    return Stream.of(
        Arguments.of("", "empty"),
        Arguments.of("a\nb", "line break"),
        Arguments.of("a\rb", "line break"),
        Arguments.of("a\u0000b", "U+0000"),
        Arguments.of("x=${net0/ip}", "${"),
        Arguments.of("a||reboot", "||"),
        Arguments.of("a&&b", "&&"),
        Arguments.of("a;b", "';'"),
        Arguments.of("x=\"open", "never closed"),
        Arguments.of("x='open", "never closed"),
        Arguments.of("#x", "comment"),
        Arguments.of("x=\"a #b\"", "comment"),
        Arguments.of("x\\", "backslash"),
        Arguments.of("two words", "more than one word"),
        Arguments.of("x=\"two  spaces\"", "spaces"),
        Arguments.of(" x", "spaces"),
        Arguments.of("=x", "no key"),
        Arguments.of("naïve", "U+00EF"));
  }

  @ParameterizedTest
  @MethodSource("words")
  void kernelArgument(String text, String says) {
    refused(() -> KernelArgument.parse(text), says);
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of(List.of("farmer_id=1"), "sets 'farmer_id' itself"),
        Arguments.of(List.of("farmer_id"), "sets 'farmer_id' itself"),
        Arguments.of(List.of("runmode=dev"), "sets 'runmode' itself"),
        Arguments.of(List.of("version=v4"), "sets 'version' itself"),
        Arguments.of(List.of("quiet", "quiet"), "given twice"),
        Arguments.of(List.of("panic=1", "panic=2"), "given twice"),
        Arguments.of(List.of("x=" + "y".repeat(2048)), "Linux reads 2047"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void commandLine(List<String> words, String says) {
    List<KernelArgument> own = words.stream().map(KernelArgument::parse).toList();
    refused(() -> KernelCommandLine.of(new FarmId(1), GridNetwork.MAIN, own), says);
  }

  @Test
  void names() {
    refused(() -> GridNetwork.parse("moon"), "main, test, qa, dev");
    refused(() -> FailureAction.parse("explode"), "reboot, shell, poweroff");
  }

  @Test
  void aMessageIsOnePrintableLine() {
    ZbootException e =
        assertThrows(ZbootException.class, () -> GridNetwork.parse("a\n\u001b[31mb"));
    assertEquals(
        "network 'a\\x0a\\x1b[31mb': there is no such grid network; use one of main, test, qa, dev",
        e.getMessage());
  }

  private static void refused(Runnable made, String says) {
    ZbootException e = assertThrows(ZbootException.class, made::run);
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(says), message);
    assertFalse(message.contains("\n"), message);
  }
}
