package zeroboot.signing.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyException;
import java.security.ProviderException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.ground.ZbootException;
import zeroboot.testing.ForeignTool;

/** A token whose library never comes back. */
class HangingTokenTest {
  /** Waits for a signal in C_GetFunctionList (PKCS #11 2.40, section 5.4), for ever. */
  private static final String MODULE =
      """
              .globl  C_GetFunctionList
              .type   C_GetFunctionList, @function
      C_GetFunctionList:
              mov     $34, %eax
              syscall
              jmp     C_GetFunctionList
              .section .note.GNU-stack, "", @progbits
      """;

  @Test
  void libraryThatHangsIsLeftBehind(@TempDir Path folder) throws IOException {
    Path source = Files.writeString(folder.resolve("hang.s"), MODULE);
    Path object = folder.resolve("hang.o");
    Path library = folder.resolve("hang.so");
    ForeignTool.require("as").run("--64", "-o", object + "", source + "").ok();
    ForeignTool.require("ld").run("-shared", "-o", library + "", object + "").ok();
    Pkcs11Uri uri = Pkcs11Uri.parse("pkcs11:object=sign?module-path=" + library);
    ZbootException e =
        assertTimeoutPreemptively(
            Duration.ofMinutes(2),
            () ->
                assertThrows(
                    ZbootException.class,
                    () -> Pkcs11Token.open(uri, what -> new char[] {'1'}, Duration.ofMillis(300))));
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
    assertTrue(
        String.valueOf(e.getMessage()).contains("waited 300 ms for the token to open; plug it in"),
        e.getMessage());
  }

  @Test
  void whatTheLibraryThrowsArrives() {
    for (Exception thrown :
        new Exception[] {new IOException("a"), new KeyException("b"), new ProviderException("c")}) {
      Exception e =
          assertThrows(
              thrown.getClass(),
              () -> new TokenCall("token", TokenCall.LIMIT).within("to sign", () -> raise(thrown)));
      assertEquals(thrown, e);
    }
  }

  private static int raise(Exception e) throws IOException, GeneralSecurityException {
    if (e instanceof IOException io) {
      throw io;
    }
    if (e instanceof GeneralSecurityException security) {
      throw security;
    }
    throw (RuntimeException) e;
  }
}
