package zeroboot.image.read;

import java.util.List;
import java.util.Optional;
import zeroboot.core.IpxeCore;
import zeroboot.image.Layout;
import zeroboot.script.ScriptSettings;
import zeroboot.spec.Rack;

/**
 * What a medium really does, told from the script in its boot codes and compared with everything
 * that can be compared.
 *
 * @param medium what was found
 * @param settings what the script sets; empty if it is none of zboot's
 * @param rack what it was made for; empty if this version of zboot cannot read that
 * @param core the iPXE in it
 * @param imageId the ID that the node shows, and whether it is right
 * @param verdict whose work it is
 * @param layout what lies where; as finely as the maker's, where this version made it unchanged
 * @param troubles damage and contradictions, one sentence each
 */
public record Inspection(
    Medium medium,
    Optional<ScriptSettings> settings,
    Optional<Rack> rack,
    Optional<Core> core,
    Optional<ImageIdCheck> imageId,
    Verdict verdict,
    Layout layout,
    List<String> troubles) {

  /** Whose work a medium is. */
  public enum Verdict {
    /** Making it anew from what was read gives the same bytes. */
    UNCHANGED("This version of zboot made it, and every byte is as it was made."),
    /** The script is, the medium around it differs: signed, written to, on a core of its own. */
    SCRIPT_UNCHANGED(
        "Its script is exactly what this version of zboot writes for these settings; the medium"
            + " around it is not as zboot makes it by itself."),
    /** The script is not what this version would write. */
    OTHER("Made by another version or changed; showing what the script says."),
    /** None of zboot's media. */
    FOREIGN("Not made by zboot.");

    private final String sentence;

    Verdict(String sentence) {
      this.sentence = sentence;
    }

    /** For people. */
    public String sentence() {
      return sentence;
    }
  }

  /**
   * The iPXE in a medium.
   *
   * @param version as it states it, {@code unknown} if it does not
   * @param origin of the known core that it is, which root it trusts apart; empty if it is none
   * @param trustRootSha256 fingerprint of the one root certificate that HTTPS servers have to lead
   *     to, in UEFI mode; empty if that is not known
   * @param lkrnSha256 of the BIOS file, if there is one
   * @param efiSha256 of the UEFI file without its signature, if there is one
   */
  public record Core(
      String version,
      Optional<String> origin,
      Optional<String> trustRootSha256,
      Optional<String> lkrnSha256,
      Optional<String> efiSha256) {}

  /**
   * The image ID.
   *
   * @param stated in the script
   * @param computed from script, core and boot codes; empty if a half is missing that is not known
   */
  public record ImageIdCheck(String stated, Optional<String> computed) {}

  /** Keeps its own list. */
  public Inspection {
    troubles = List.copyOf(troubles);
  }

  /**
   * Looks into a medium.
   *
   * @param known the iPXE cores that may be in it, the bundled one first
   */
  public static Inspection of(Medium medium, List<IpxeCore> known) {
    return new Inspector(medium, known).inspect();
  }
}
