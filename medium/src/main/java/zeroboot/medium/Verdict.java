package zeroboot.medium;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import zeroboot.image.plan.Layout;
import zeroboot.image.read.Medium;
import zeroboot.script.ScriptSettings;
import zeroboot.spec.BootPath;
import zeroboot.spec.Rack;

/**
 * What a medium really does, and whether it is as it should be.
 *
 * @param facts what it is
 * @param findings what is not as it should be, and what somebody should know
 * @param passed what was found to be right
 * @param signatures who signed, whether rightly or not
 */
public record Verdict(
    Facts facts, List<Finding> findings, List<Passed> passed, List<FoundSignature> signatures) {
  /** Keeps its own lists. */
  public Verdict {
    findings = List.copyOf(findings);
    passed = List.copyOf(passed);
    signatures = List.copyOf(signatures);
  }

  /** Whose work a medium is. */
  public enum Author {
    /** Making it anew from what was read gives the same bytes. */
    UNCHANGED("This version of zboot made it, and every byte is as it was made."),
    /** The script is, the medium around it differs: written to, or on a core of its own. */
    SCRIPT_UNCHANGED(
        "Its script is exactly what this version of zboot writes for these settings; the medium"
            + " around it is not as zboot makes it by itself."),
    /** The script is not what this version would write. */
    OTHER("Made by another version or changed; showing what the script says."),
    /** None of zboot's media. */
    FOREIGN("Not made by zboot.");

    private final String sentence;

    Author(String sentence) {
      this.sentence = sentence;
    }

    /** For people. */
    public String sentence() {
      return sentence;
    }
  }

  /**
   * What was read out of a medium.
   *
   * @param name of the file or device
   * @param medium what was found; empty for a file that is worth what its signature is
   * @param settings what the script sets; empty if it is none of zboot's
   * @param rack what it was made for; empty if this version of zboot cannot read that
   * @param core the iPXE in it
   * @param imageId the ID that the node shows, and whether it is right
   * @param author whose work it is
   * @param layout what lies where; as finely as the maker's, where this version made it unchanged
   */
  public record Facts(
      String name,
      Optional<Medium> medium,
      Optional<ScriptSettings> settings,
      Optional<Rack> rack,
      Optional<Core> core,
      Optional<ImageIdCheck> imageId,
      Author author,
      Layout layout) {}

  /**
   * The iPXE in a medium.
   *
   * @param version as it states it, {@code unknown} if it does not
   * @param origin of the known core that it is, which root it trusts apart; empty if it is none
   * @param trustRoots fingerprints of the one root certificate that HTTPS servers have to lead to,
   *     for each file whose root is known
   * @param sha256 of the files that are there, the UEFI file without its signature
   */
  public record Core(
      String version,
      Optional<String> origin,
      Map<BootPath, String> trustRoots,
      Map<BootPath, String> sha256) {
    /** The root that all files with a known one trust; empty if there is none, or several. */
    public Optional<String> trustRootSha256() {
      Set<String> all = Set.copyOf(trustRoots.values());
      return all.size() == 1 ? Optional.of(all.iterator().next()) : Optional.empty();
    }

    /** Whether it is known to the last byte: as a known one, or with all its files. */
    public boolean isWhole() {
      return origin.isPresent() || sha256.size() == BootPath.values().length;
    }
  }

  /**
   * The image ID.
   *
   * @param stated in the script
   * @param computed from script, core and boot codes; empty if a half is missing that is not known
   */
  public record ImageIdCheck(String stated, Optional<String> computed) {
    /** Whether both are known and differ. */
    public boolean isWrong() {
      return computed.isPresent() && !computed.get().equals(stated);
    }
  }

  /** What the medium fails for. */
  public List<Finding> failures() {
    return findings.stream().filter(Finding::isFailed).toList();
  }

  /** What is damaged in it, or contradicts itself. */
  public List<Finding> damage() {
    return failures().stream().filter(finding -> finding.kind().isDamage()).toList();
  }

  /** Whether it is one of zboot's media, all of it as it should be. */
  public boolean isAsMade() {
    return facts.author() != Author.FOREIGN && failures().isEmpty();
  }

  /** For people, in one line: {@code as made}, {@code not as made: …}. */
  public String summary() {
    if (isAsMade()) {
      return "as made";
    }
    if (facts.author() == Author.FOREIGN && failures().isEmpty()) {
      return "not made by zboot";
    }
    Finding worst = damage().isEmpty() ? failures().get(0) : damage().get(0);
    return (damage().isEmpty() ? "not as made: " : "damaged: ") + worst.what();
  }
}
