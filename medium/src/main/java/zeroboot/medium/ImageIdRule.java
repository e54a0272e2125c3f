package zeroboot.medium;

import java.util.List;
import zeroboot.medium.Finding.Kind;
import zeroboot.medium.Verdict.ImageIdCheck;

/** The image ID that a node shows is that of what it runs. */
final class ImageIdRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    return specimen.facts().imageId().filter(ImageIdCheck::isWrong).stream()
        .map(
            id ->
                Finding.failed(
                    Kind.WRONG_IMAGE_ID,
                    "The node will show image "
                        + id.stated()
                        + ", but script, iPXE and boot code together are "
                        + id.computed().orElseThrow(),
                    AGAIN))
        .toList();
  }
}
