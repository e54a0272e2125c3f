package zeroboot.server.service;

import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import zeroboot.core.IpxeCore;
import zeroboot.image.ImageMaker;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.script.ZbootVersion;
import zeroboot.spec.Rack;

/**
 * Makes images as they are asked for, and keeps those that were asked for last. What is kept is
 * bounded, and so is what is on its way to readers, who may be slow.
 */
final class Images {
  private final IpxeCore core;
  private final ImageMaker maker;
  private final long mostKept;
  private final long mostUnderWay;
  private final Map<ImageAddress, Image> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final IdentityHashMap<Image, Integer> underWay = new IdentityHashMap<>();
  private long bytesKept;
  private long bytesUnderWay;

  /**
   * None yet.
   *
   * @param mostKept in bytes
   * @param mostUnderWay in bytes; an image with several readers counts once
   */
  Images(IpxeCore core, ImageMaker maker, long mostKept, long mostUnderWay) {
    this.core = core;
    this.maker = maker;
    this.mostKept = mostKept;
    this.mostUnderWay = mostUnderWay;
  }

  IpxeCore core() {
    return core;
  }

  /**
   * The image.
   *
   * @throws zeroboot.ground.ZbootException if it would be too large
   */
  Image get(ImageAddress address) {
    synchronized (this) {
      Image known = kept.get(address);
      if (known != null) {
        return known;
      }
    }
    // Two who ask at once for the same make it twice: the same bytes, in milliseconds.
    Image made = make(address.kind(), address.rack());
    keep(address, made);
    return made;
  }

  private Image make(MediaKind kind, Rack rack) {
    BootScript script = BootScripts.render(rack, core);
    byte[] bytes =
        kind.form().map(form -> maker.make(form, rack, script).bytes()).orElseGet(script::bytes);
    String id = script.imageId().shown();
    return new Image(
        bytes, id, "\"" + id + "-" + ZbootVersion.current() + "-" + kind.word() + "\"");
  }

  private synchronized void keep(ImageAddress address, Image made) {
    Image before = kept.put(address, made);
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
