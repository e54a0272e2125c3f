package zeroboot.cli.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import zeroboot.cli.console.Shown;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.read.ByteSource;
import zeroboot.image.read.Medium;
import zeroboot.image.read.MediumReader;
import zeroboot.medium.Finding;
import zeroboot.medium.Judge;
import zeroboot.medium.Verdict;
import zeroboot.usb.source.ImageSource;

/**
 * What an image is that shall be written.
 *
 * @param text for people, as the end of a sentence that begins with the image
 */
record ImageVerdict(Kind kind, String text) {
  /** What follows from it. */
  enum Kind {
    /** A boot medium of zboot's, without fault. */
    ZERO_BOOT,
    /** Something else that is known, or a file of zboot's that no stick boots from. */
    OTHER,
    /** Nothing that is known, or nothing that could be looked at. */
    UNKNOWN,
    /** A boot medium of zboot's that is not as it was made. */
    DAMAGED
  }

  /**
   * How {@link MediumReader} says that it does not know a medium, and of ours that it is broken.
   */
  private static final String DAMAGE = " is damaged";

  /** What zboot has made just now. */
  static final ImageVerdict MADE = new ImageVerdict(Kind.ZERO_BOOT, "just made");

  /** Looks at an image; {@code known} are the iPXE cores that may be in it. */
  static ImageVerdict of(ImageSource image, List<IpxeCore> known) {
    if (!image.isRepeatable()) {
      return new ImageVerdict(Kind.UNKNOWN, "a stream, which cannot be looked at beforehand");
    }
    try (ByteSource source = source(image)) {
      return of(Judge.of(source, known));
    } catch (ZbootException e) {
      String message = String.valueOf(e.getMessage());
      return message.contains(DAMAGE)
          ? damaged(image.name(), message)
          : new ImageVerdict(Kind.UNKNOWN, "not a boot medium that zboot knows");
    } catch (IOException e) {
      return new ImageVerdict(Kind.UNKNOWN, "not readable (" + e.getMessage() + ")");
    }
  }

  private static ImageVerdict of(Verdict verdict) {
    Medium medium = verdict.facts().medium().orElseThrow();
    if (medium instanceof Medium.Foreign) {
      String damage =
          verdict.damage().isEmpty()
              ? ""
              : "; damaged: " + reason(medium.name(), verdict.damage().get(0).what());
      return new ImageVerdict(
          Kind.OTHER, "not a boot medium of zboot, but " + seen(medium) + damage);
    }
    Optional<Finding> damage =
        verdict.failures().stream()
            .filter(one -> one.kind().isDamage() || one.kind() == Finding.Kind.CHANGED_BYTE)
            .findFirst();
    if (damage.isPresent()) {
      return damaged(medium.name(), damage.get().what());
    }
    ImageVerdict ours = whole(medium);
    return verdict.failures().isEmpty() || ours.kind() == Kind.OTHER
        ? ours
        : new ImageVerdict(
            Kind.OTHER,
            ours.text() + ", but " + reason(medium.name(), verdict.failures().get(0).what()));
  }

  private static ImageVerdict whole(Medium medium) {
    if (medium instanceof Medium.Surrounded) {
      return new ImageVerdict(Kind.ZERO_BOOT, "a medium with a UEFI file of zboot");
    }
    if (!(medium instanceof Medium.Image image)) {
      return file("an iPXE script");
    }
    String what = image.form().titleWithArticle() + " of zboot";
    return image.form().start().isDisk() ? new ImageVerdict(Kind.ZERO_BOOT, what) : file(what);
  }

  private static ImageVerdict damaged(String name, String how) {
    return new ImageVerdict(Kind.DAMAGED, "a damaged image of zboot (" + reason(name, how) + ")");
  }

  private static ImageVerdict file(String what) {
    return new ImageVerdict(Kind.OTHER, what + ", which no stick boots from (zboot usb makes one)");
  }

  private static String seen(Medium medium) {
    List<String> seen = new ArrayList<>();
    medium.facts().forEach(fact -> seen.add(fact.label() + " " + Shown.line(fact.text())));
    int partitions = medium.partitions().size();
    if (partitions > 0) {
      seen.add(partitions + (partitions == 1 ? " partition" : " partitions"));
    }
    return String.join(", ", seen.subList(0, Math.min(3, seen.size())));
  }

  /** Without the file's name and the advice. */
  private static String reason(String name, String message) {
    String rest = message.replace(name + ": ", "").replaceFirst("; .*$", "");
    return Shown.line(rest.replaceFirst("^is damaged: ", ""));
  }

  /** The file itself; of a packed image the start of what is in it. */
  private static ByteSource source(ImageSource image) throws IOException {
    if (image.path().isPresent() && !image.isPacked()) {
      return ByteSource.open(image.path().get());
    }
    ByteBuffer start = ByteBuffer.allocate(ByteSource.BUDGET);
    try (ReadableByteChannel channel = image.open()) {
      while (start.hasRemaining() && channel.read(start) >= 0) {
        // A channel gives what it has.
      }
    }
    return ByteSource.of(image.name(), Arrays.copyOf(start.array(), start.position()));
  }
}
