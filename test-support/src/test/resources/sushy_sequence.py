"""The sequence of a deployment by sushy, a Redfish client of other people.

Arguments: address, user, password file, URL of the image, boot target, id of the drive ("" for the
first CD that can take one).
"""

import os
import sys
import sushy

address, user, password, image, target, wanted = sys.argv[1:7]
password = open(password, encoding="utf-8").read().rstrip("\n")
ca = os.environ["REQUESTS_CA_BUNDLE"]
root = sushy.Sushy(f"https://{address}/redfish/v1/", username=user, password=password, verify=ca)
system = root.get_system(root.get_system_collection().members_identities[0])
manager = root.get_manager(root.get_manager_collection().members_identities[0])
print("power", system.power_state.value)


def drive():
    """The drive that is asked for."""
    return [each for each in manager.virtual_media.get_members() if each.identity == wanted][0]


if wanted:
    cd = drive()
    cd.insert_media(image)
    cd.refresh()
    assert cd.inserted and cd.image == image, (cd.inserted, cd.image)
    print("inserted", cd.identity)

system.set_system_boot_options(
    target=sushy.BootSource(target),
    enabled=sushy.BootSourceOverrideEnabled.ONCE,
    # As OpenStack does for makers that want all three fields in one change.
    mode=sushy.BootSourceOverrideMode.UEFI if target == "UsbCd" else None,
)
system.refresh()
assert system.boot.target.value == target, system.boot.target
assert system.boot.enabled.value == "Once", system.boot.enabled
print("boot", system.boot.target.value)

system.reset_system(sushy.ResetType.ON)
system.refresh()
assert system.power_state.value == "On", system.power_state
print("on")
system.reset_system(sushy.ResetType.FORCE_OFF)
for _ in range(3):
    system.refresh()
assert system.power_state.value == "Off", system.power_state
print("off")

if wanted:
    cd = drive()
    cd.eject_media()
    cd.refresh()
    assert not cd.inserted, cd.inserted
    print("ejected")
root._auth.close()
print("done")
