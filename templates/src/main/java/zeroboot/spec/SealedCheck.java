package zeroboot.spec;

import zeroboot.ground.ZbootException;

/**
 * What a medium that is signed for Secure Boot may not be told. It starts nothing but what its
 * owner's key has signed, so nobody else may choose what that is: neither on the way to a server
 * nor at the keyboard.
 */
final class SealedCheck {
  private SealedCheck() {}

  static void check(BootSpec spec, boolean isPlainHttpAllowed) {
    if (!isPlainHttpAllowed) {
      spec.provisionUrl()
          .filter(url -> !url.isEncrypted())
          .ifPresent(url -> refusePlain(spec, Setting.PROVISION_URL, url.value()));
      spec.kernelUrls().stream()
          .filter(url -> !url.isEncrypted())
          .findFirst()
          .ifPresent(url -> refusePlain(spec, Setting.KERNEL_URL, url.value()));
    }
    if (spec.onFailure() == FailureAction.SHELL) {
      throw ZbootException.settings(
          origin(spec, Setting.ON_FAILURE),
          "with --secure-boot-key, a command line would let whoever stands before the node start"
              + " the signed kernel with anything else",
          "use --on-failure reboot or poweroff");
    }
  }

  private static void refusePlain(BootSpec spec, Setting setting, String url) {
    throw ZbootException.settings(
        origin(spec, setting) + ": " + url,
        "is plain HTTP, and with --secure-boot-key nobody on the way may choose what the node runs",
        "use https, with --trust-root for a certificate authority of your own; or add"
            + " --allow-plain-http");
  }

  private static String origin(BootSpec spec, Setting setting) {
    return spec.settings().given(setting).map(Settings.Given::origin).orElse(setting.option());
  }
}
