package zeroboot.medium;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.BootParts;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.Layout;
import zeroboot.image.read.ByteSource;
import zeroboot.image.read.Medium;
import zeroboot.medium.Signers.Result;
import zeroboot.medium.Verdict.Author;

/**
 * What the rules look at: the bytes, what a reader sees in them, what they should be.
 *
 * @param reading what was read
 * @param remake what comes nearest to it of all that zboot makes; empty if nothing does
 * @param facts what it is
 * @param beside its detached signature
 * @param signers looks at signatures
 * @param detached what was found out about the detached signature
 * @param inside what was found out about the signatures in the UEFI file
 */
record Specimen(
    Reading reading,
    Optional<Remake> remake,
    Verdict.Facts facts,
    Beside beside,
    Signers signers,
    Optional<Result> detached,
    List<Result> inside) {

  /**
   * Reads and makes anew.
   *
   * @throws ZbootException (settings) if there is nothing that could be judged
   */
  static Specimen of(ByteSource source, Beside beside, List<IpxeCore> known, Signers signers) {
    Reading read = Reading.of(source);
    Anew anew = new Anew(read, known);
    Optional<Remake> remake = anew.nearest();
    Reading reading = remake.map(read::recognisedAs).orElse(read);
    Verdict.Facts facts = FactFinder.facts(reading, remake, known);
    if (reading.medium().isEmpty() && !beside.isAsked()) {
      throw reading.refusal().orElseThrow();
    }
    Optional<Remake> sized = remake.filter(made -> isComparable(facts));
    byte[] image = image(reading, sized);
    Optional<Result> detached =
        beside
            .signature()
            .map(one -> signers.detached(beside.where(), one, beside.file().orElse(image)));
    List<Result> inside =
        uefiFile(reading, sized).map(file -> signers.inside("UEFI file", file)).orElse(List.of());
    Specimen specimen = new Specimen(reading, remake, facts, beside, signers, detached, inside);
    specimen.requireSomethingToJudge();
    return specimen;
  }

  private void requireSomethingToJudge() {
    boolean nothing =
        beside.isAsked()
            && facts.author() == Author.FOREIGN
            && detached.isEmpty()
            && inside.isEmpty()
            && !signers.areAsked()
            && reading.medium().flatMap(Medium::found).isEmpty()
            && BootEntryRule.moved(reading).isEmpty();
    if (nothing) {
      throw ZbootException.settings(
          facts.name(),
          "holds no signature, and is not one of zboot's media",
          "give an image made by zboot, or add --signature FILE");
    }
  }

  /** What belongs to the image of all that was read. */
  private static byte[] image(Reading reading, Optional<Remake> remake) {
    long size =
        remake
            .map(made -> (long) made.bytes().length)
            .or(() -> reading.medium().map(Medium::imageSize))
            .orElse((long) reading.bytes().length);
    boolean isPart = reading.isDevice() && reading.medium().flatMap(Medium::found).isEmpty();
    byte[] bytes = reading.bytes();
    return isPart && size < bytes.length ? Arrays.copyOf(bytes, (int) size) : bytes;
  }

  /** The file that carries signatures for Secure Boot. */
  private static Optional<byte[]> uefiFile(Reading reading, Optional<Remake> remake) {
    byte[] bytes = reading.bytes();
    boolean alone =
        reading.medium().map(one -> one.ownForm().equals(Optional.of(Forms.EFI))).orElse(false)
            || (!reading.isOurs() && reading.isPe());
    if (alone) {
      return Optional.of(image(reading, remake));
    }
    Optional<Extent> place =
        remake
            .map(Remake::layout)
            .flatMap(layout -> layout.find(BootParts.UEFI_FILE))
            .filter(extent -> remake.orElseThrow().isNear())
            .or(() -> reading.medium().flatMap(Medium::uefi).map(Medium.Half::place));
    return place
        .filter(extent -> extent.end() <= bytes.length)
        .map(extent -> Arrays.copyOfRange(bytes, (int) extent.offset(), (int) extent.end()));
  }

  /** What a reader sees; empty for a file that is worth what its signature is. */
  Optional<Medium> medium() {
    return reading.medium();
  }

  /** Whether it is one of zboot's. */
  boolean isOurs() {
    return facts.author() != Author.FOREIGN;
  }

  /** Whether it is a file, of which every byte counts, and not a device. */
  boolean isFile() {
    return !reading.isDevice();
  }

  /** Whether it is one file of zboot's in somebody's file system. */
  boolean isSurrounded() {
    return medium().flatMap(Medium::found).isPresent();
  }

  /** Whether it is in this form. */
  boolean is(Form form) {
    return medium().flatMap(Medium::ownForm).equals(Optional.of(form));
  }

  /**
   * Whether it can be compared with what is made anew: not if only half of its iPXE is there, and
   * that is none that is known.
   */
  boolean isComparable() {
    return isComparable(facts);
  }

  /** What was made anew, where that says how long each part of it has to be. */
  Optional<Remake> sized() {
    return remake.filter(made -> isComparable());
  }

  private static boolean isComparable(Verdict.Facts facts) {
    return facts.core().map(Verdict.Core::isWhole).orElse(true);
  }

  /** Whether it has a first sector that a BIOS starts. */
  boolean isDisk() {
    return medium().map(one -> isDisk(one)).orElse(false);
  }

  private static boolean isDisk(Medium medium) {
    return medium instanceof Medium.Image image && image.form().start().isDisk();
  }

  byte[] bytes() {
    return reading.bytes();
  }

  /** What lies where, as finely as it is known. */
  Layout layout() {
    return facts.layout();
  }

  /** Who signed. */
  List<FoundSignature> signatures() {
    List<FoundSignature> all = new ArrayList<>();
    detached.ifPresent(one -> all.add(one.signature()));
    inside.forEach(one -> all.add(one.signature()));
    return all;
  }
}
