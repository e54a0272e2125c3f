package zeroboot.testing;

import java.nio.file.Path;

/** Detached signatures (CMS, RFC 5652), as openssl judges them. */
public final class OpensslCms {
  private OpensslCms() {}

  /**
   * Verifies one; what openssl refuses fails the test.
   *
   * @param signature DER
   * @param content what was signed
   * @param trusted the signer's certificate, PEM
   * @return what openssl says
   */
  public static String verify(Path signature, Path content, Path trusted) {
    return ForeignTool.require("openssl")
        .run(
            "cms",
            "-verify",
            "-binary",
            "-inform",
            "DER",
            "-in",
            signature.toString(),
            "-content",
            content.toString(),
            "-CAfile",
            trusted.toString(),
            "-purpose",
            "any",
            "-out",
            "/dev/null")
        .ok();
  }
}
