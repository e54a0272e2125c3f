package zeroboot.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import zeroboot.core.IpxeCore;
import zeroboot.image.bios.BiosBlob;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.FileTree;
import zeroboot.image.uefi.SealedEfi;
import zeroboot.script.BootScript;
import zeroboot.script.MediumReadme;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;

/**
 * What every form is made of.
 *
 * @param firmware what the medium shall boot
 * @param rack what it is made for
 * @param script what it runs
 * @param core its iPXE
 * @param bios what a BIOS starts; empty if the medium is not for one
 * @param uefi what a UEFI firmware starts; empty likewise
 */
record ImageContents(
    TargetFirmware firmware,
    Rack rack,
    BootScript script,
    IpxeCore core,
    Optional<BiosBlob> bios,
    Optional<SealedEfi> uefi) {

  /** The parts of a medium with a file system. */
  BootParts parts() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("README.TXT", MediumReadme.render(rack, script, core, firmware));
    files.put("ZBOOT.JSN", SettingsRecord.file(rack, script, core));
    uefi.ifPresent(file -> files.put(BootParts.UEFI_FILE, file.bytes()));
    return new BootParts(FileTree.of(files), bios.map(blob -> blob), script.imageId());
  }

  /** Names what lies inside the two boot codes of an image of {@link #parts}. */
  BootImage detailed(BootImage image) {
    List<Extent> inside = new ArrayList<>();
    bios.ifPresent(
        blob ->
            image
                .layout()
                .find(BootParts.BIOS_CODE)
                .ifPresent(at -> inside.addAll(blob.views(at))));
    uefi.ifPresent(
        file ->
            image
                .layout()
                .find(BootParts.UEFI_FILE)
                .ifPresent(at -> inside.addAll(file.views(at))));
    return new BootImage(image.bytes(), image.layout().withViews(inside));
  }
}
