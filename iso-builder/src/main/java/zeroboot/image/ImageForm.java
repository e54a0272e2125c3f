package zeroboot.image;

import zeroboot.spec.BootSpec;

/** The shapes in which a medium can come as one file. */
public enum ImageForm {
  /** A CD image that also boots when it is written to a stick. */
  ISO("iso"),
  /** A disk image for a USB stick. */
  USB("img");

  private final String extension;

  ImageForm(String extension) {
    this.extension = extension;
  }

  /** What the file is called when nobody says otherwise: {@code zboot-farm4242-main.iso}. */
  public String fileName(BootSpec spec) {
    return "zboot-farm" + spec.farmId() + "-" + spec.network().shown() + "." + extension;
  }
}
