package zeroboot.server.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.image.ImageMaker;

/** What the service keeps in memory is bounded. */
class ImagesTest {
  private static final long MOST = 3_000_000;

  private final IpxeCore core = BundledCore.load();
  private final Images images = new Images(core, new ImageMaker(core), Seals.NONE, MOST, MOST);

  private static Wanted farm(int farm) {
    return ImageAddress.parse(MediaKind.USB, List.of("usb", "prod", Integer.toString(farm)))
        .wanted();
  }

  @Test
  void keepsWhatWasAskedForLastAndNoMore() {
    Image first = images.get(farm(1));
    for (int i = 2; i < 40; i++) {
      images.get(farm(i));
      assertSame(first, images.get(farm(1)), "asked for all the time");
      assertTrue(images.bytesKept() <= MOST, images.bytesKept() + " bytes");
    }
    assertTrue(images.bytesKept() > MOST / 2, images.bytesKept() + " bytes");
    Image last = images.get(farm(39));
    for (int i = 2; i < 30; i++) {
      images.get(farm(i));
    }
    Image again = images.get(farm(39));
    assertNotSame(last, again);
    assertArrayEquals(last.bytes(), again.bytes());
  }

  @Test
  void slowReadersOfDifferentImagesFindAnEnd() {
    int size = images.get(farm(1)).bytes().length;
    int most = (int) (MOST / size);
    Image[] under = new Image[most];
    for (int i = 0; i < most; i++) {
      under[i] = images.get(farm(i + 1));
      assertTrue(images.leaves(under[i]));
      assertTrue(images.leaves(under[i]), "a second reader of the same");
    }
    Image more = images.get(farm(1000));
    assertFalse(images.leaves(more));
    images.arrived(under[0]);
    assertFalse(images.leaves(more), "its second reader is still there");
    images.arrived(under[0]);
    assertTrue(images.leaves(more));
    images.arrived(more);
    for (int i = 1; i < most; i++) {
      images.arrived(under[i]);
      images.arrived(under[i]);
    }
    assertEquals(0, images.bytesUnderWay());
  }
}
