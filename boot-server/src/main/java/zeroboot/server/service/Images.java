package zeroboot.server.service;

import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Sha256;
import zeroboot.image.ImageMaker;
import zeroboot.image.ImageReceipt;
import zeroboot.image.plan.Layout;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.script.ZbootVersion;

/**
 * Makes images as they are asked for, and keeps those that were asked for last. What is kept is
 * bounded, and so is what is on its way to readers, who may be slow.
 */
final class Images {
  private final IpxeCore core;
  private final ImageMaker maker;
  private final Seals seals;
  private final long mostKept;
  private final long mostUnderWay;
  private final Map<Wanted, Image> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final IdentityHashMap<Image, Integer> underWay = new IdentityHashMap<>();
  private long bytesKept;
  private long bytesUnderWay;
  private volatile Runnable made = () -> {};

  /**
   * None yet.
   *
   * @param mostKept in bytes
   * @param mostUnderWay in bytes; an image with several readers counts once
   */
  Images(IpxeCore core, ImageMaker maker, Seals seals, long mostKept, long mostUnderWay) {
    this.core = core;
    this.maker = maker;
    this.seals = seals;
    this.mostKept = mostKept;
    this.mostUnderWay = mostUnderWay;
  }

  /** Who hears of each image that is made. */
  void tells(Runnable listener) {
    made = listener;
  }

  IpxeCore core() {
    return core;
  }

  /**
   * The image.
   *
   * @throws zeroboot.ground.ZbootException if it would be too large
   */
  Image get(Wanted wanted) {
    synchronized (this) {
      Image known = kept.get(wanted);
      if (known != null) {
        return known;
      }
    }
    // Two who ask at once for the same make it twice: the same bytes, in milliseconds.
    Image image = make(wanted);
    keep(wanted, image);
    made.run();
    return image;
  }

  private Image make(Wanted wanted) {
    seals.check(wanted.rack());
    BootScript script = BootScripts.render(wanted.rack(), core);
    byte[] bytes = bytes(wanted, script);
    String id = script.imageId().shown();
    String tag = id + "-" + ZbootVersion.current() + "-" + wanted.shownWhole() + seals.mark();
    return new Image(bytes, id, "\"" + tag + "\"", Sha256.hex(bytes));
  }

  private byte[] bytes(Wanted wanted, BootScript script) {
    return wanted
        .form()
        .map(form -> maker.make(form, wanted.firmware(), wanted.rack(), script).bytes())
        .orElseGet(script::bytes);
  }

  /** What is to be said of an image, for programs. */
  ImageReceipt receipt(Wanted wanted) {
    Image image = get(wanted);
    BootScript script = BootScripts.render(wanted.rack(), core);
    int size = image.bytes().length;
    Layout layout =
        wanted
            .form()
            .map(form -> maker.make(form, wanted.firmware(), wanted.rack(), script).layout())
            .orElseGet(() -> new Layout.Builder().extent("script", 0, size).build(size));
    return new ImageReceipt(
        wanted.shown(),
        wanted.fileName(),
        wanted.form().map(form -> wanted.firmware()),
        size,
        image.sha256(),
        wanted.rack(),
        script,
        core,
        layout,
        BootScripts.warnings(wanted.rack(), core));
  }

  /** What vouches for images. */
  Seals seals() {
    return seals;
  }

  private synchronized void keep(Wanted wanted, Image made) {
    Image before = kept.put(wanted, made);
    bytesKept += made.bytes().length - (before == null ? 0 : before.bytes().length);
    Iterator<Image> oldest = kept.values().iterator();
    while (bytesKept > mostKept && oldest.hasNext()) {
      bytesKept -= oldest.next().bytes().length;
      oldest.remove();
    }
  }

  /** Whether there is room for one more image on its way; {@link #arrived} is to follow if so. */
  synchronized boolean leaves(Image image) {
    if (!underWay.containsKey(image)) {
      if (bytesUnderWay + image.bytes().length > mostUnderWay) {
        return false;
      }
      bytesUnderWay += image.bytes().length;
    }
    underWay.merge(image, 1, Integer::sum);
    return true;
  }

  /** One reader has it, or has gone. */
  synchronized void arrived(Image image) {
    if (underWay.merge(image, -1, Integer::sum) == 0) {
      underWay.remove(image);
      bytesUnderWay -= image.bytes().length;
    }
  }

  /** In bytes. */
  synchronized long bytesKept() {
    return bytesKept;
  }

  /** In bytes. */
  synchronized long bytesUnderWay() {
    return bytesUnderWay;
  }
}
