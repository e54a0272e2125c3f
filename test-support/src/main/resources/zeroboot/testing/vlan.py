"""A VLAN interface (IEEE 802.1Q) for a Linux that has none: a tap, and this program between it and
the card. Arguments: the card, the name of the interface, the VLAN. Says "ready" and runs on."""
import fcntl
import os
import select
import socket
import struct
import sys

card, name, tag = sys.argv[1], sys.argv[2], int(sys.argv[3])
TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454CA, 0x2, 0x1000  # linux/if_tun.h
SOL_PACKET, PACKET_AUXDATA = 263, 8  # linux/if_packet.h
VLAN_VALID, OUTGOING, ALL, TPID = 0x10, 4, 3, 0x8100

tap = os.open("/dev/net/tun", os.O_RDWR)
fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TAP | IFF_NO_PI))
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL))
wire.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
wire.bind((card, ALL))
print("ready", flush=True)

while True:
    for ready in select.select([tap, wire], [], [])[0]:
        if ready == tap:
            frame = os.read(tap, 65536)
            try:
                wire.send(frame[:12] + struct.pack("!HH", TPID, tag) + frame[12:])
            except OSError:
                pass  # the card is down, or the frame too long for it: lost, as on any cable
            continue
        frame, extra, _, where = wire.recvmsg(65536, 256)
        if where[2] == OUTGOING:
            continue
        # Linux takes the tag out of the frame, and tells it besides.
        for level, kind, data in extra:
            if level == SOL_PACKET and kind == PACKET_AUXDATA:
                status, tci = struct.unpack_from("=I12xH", data)
                if status & VLAN_VALID and tci & 0xFFF == tag:
                    try:
                        os.write(tap, frame)
                    except OSError:
                        pass  # the interface is down
