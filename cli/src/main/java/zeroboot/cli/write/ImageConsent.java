package zeroboot.cli.write;

import zeroboot.cli.console.Shown;
import zeroboot.ground.ZbootException;
import zeroboot.usb.source.ImageSource;

/** Whether an image of this kind is what somebody wants to write. */
record ImageConsent(
    ImageSource image, ImageVerdict verdict, WriteSwitches switches, Confirmation question) {
  /** Refuses a medium of zboot's that is damaged; no option allows it. */
  void checkUndamaged() {
    if (verdict.kind() == ImageVerdict.Kind.DAMAGED) {
      throw ZbootException.refused(
          image.name(), "is " + verdict.text(), "make the image again, or copy it again");
    }
  }

  /** Whoever writes what zboot did not make should know it. */
  void ask() {
    if (verdict.kind() == ImageVerdict.Kind.ZERO_BOOT || switches.mayBeAnyImage()) {
      return;
    }
    String what = "is " + verdict.text();
    String script = "name another image, or add --any-image";
    String help =
        "zboot writes images of any kind, and reads them back. But a node boots Zero-OS only from"
            + " what zboot made; this may be the wrong file.";
    if (!question.isPossible()) {
      throw ZbootException.refused(image.name(), what, script);
    }
    String text = Shown.line(image.name()) + " " + what + ". Write it all the same?";
    if (!question.isYes(image.name(), text, help, script)) {
      throw ZbootException.refused(image.name(), what + ", and nothing was changed", script);
    }
  }
}
