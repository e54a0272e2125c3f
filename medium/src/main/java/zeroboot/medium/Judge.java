package zeroboot.medium;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.read.ByteSource;
import zeroboot.signing.keys.Trust;

/**
 * Says what a file or device is and whether every byte of it is as it should be. What {@code
 * inspect}, {@code verify}, {@code devices}, {@code try} and {@code write} say of a medium comes
 * from here and nowhere else.
 *
 * <p>From the settings in its script the medium is made anew, with the signatures that were found
 * put in their places, and compared.
 */
public final class Judge {
  private final List<IpxeCore> known;
  private final Signers signers;

  private Judge(Judge other, Signers signers) {
    this.known = other.known;
    this.signers = signers;
  }

  private Judge(List<IpxeCore> known, Signers signers) {
    // What boots from the network may be on the one that drives a single card.
    this.known =
        Stream.concat(known.stream(), known.stream().flatMap(core -> core.chained().stream()))
            .toList();
    this.signers = signers;
  }

  /**
   * A judge who trusts nobody in particular.
   *
   * @param known the iPXE cores that may be in a medium, the bundled one first
   */
  public static Judge knowing(List<IpxeCore> known) {
    return new Judge(known, new Signers(Trust.NOBODY, Instant.EPOCH));
  }

  /**
   * The same, who wants a signature of somebody that leads to {@code trust}, if that is anybody.
   *
   * @param now for certificates that expire
   */
  public Judge trusting(Trust trust, Instant now) {
    return new Judge(this, new Signers(trust, now));
  }

  /** A verdict without signatures beside the file. */
  public static Verdict of(ByteSource source, List<IpxeCore> known) {
    return knowing(known).of(source);
  }

  /**
   * A verdict without looking for a signature beside the file.
   *
   * @throws ZbootException (settings) if nothing in it is known
   */
  public Verdict of(ByteSource source) {
    return judge(source, Beside.NOT_ASKED);
  }

  /**
   * A verdict on a file and its detached signature, or the lack of one.
   *
   * @throws ZbootException (settings) if there is nothing that could be judged
   */
  public Verdict of(ByteSource source, Beside beside) {
    return judge(source, beside);
  }

  private Verdict judge(ByteSource source, Beside beside) {
    Specimen specimen = Specimen.of(source, beside, known, signers);
    List<Finding> findings = new ArrayList<>();
    List<Passed> passed = new ArrayList<>();
    for (Rule rule : Rules.ALL) {
      List<Finding> found = rule.judge(specimen);
      findings.addAll(found);
      if (found.isEmpty()) {
        rule.passed(specimen).ifPresent(passed::add);
      }
    }
    return new Verdict(specimen.facts(), findings, passed, specimen.signatures());
  }
}
