#!/usr/bin/python3
"""A file system in memory that forgets what was not synced.

  lossy_fs.py MOUNT FOLDER SEED [CALL ERRNO [once|stays]]

Holds what is in FOLDER, mounted at MOUNT. When it is told to end (SIGTERM) the power goes: of each file what
was written since its last sync, and of each folder what was changed since its own, is there, missing, or partly
there, as the seed says. What is left is written to FOLDER. With CALL the so-manieth write, sync or new file fails
with ERRNO; what a sync that failed should have made safe never is. `stays`: from then on all of them fail, as on a
disk that is full, or broken.

Speaks the kernel's protocol (linux/fuse.h, 7.31) itself, so it needs Python, /dev/fuse and the right to mount.
"""
import ctypes
import errno
import os
import pathlib
import random
import shutil
import signal
import stat
import struct
import sys

LIBC = ctypes.CDLL(None, use_errno=True)
MAX_WRITE = 128 << 10
MNT_DETACH = 2
WRITE, FSYNC, CREATE = 16, 20, 35


class Node:
    def __init__(self, mode):
        self.mode = mode
        self.data, self.stable, self.dirty = bytearray(), bytearray(), []
        self.kids, self.stable_kids = {}, {}
        self.links = 1

    def change(self, change):
        self.apply(self.data, change)
        self.dirty.append(change)

    @staticmethod
    def apply(data, change):
        at, new = change
        if new is None:  # cut or filled up
            del data[at:]
            data.extend(bytes(at - len(data)))
        else:
            data.extend(bytes(max(0, at - len(data))))
            data[at : at + len(new)] = new

    def sync(self):
        for change in self.dirty:
            self.apply(self.stable, change)
        self.dirty = []
        self.stable_kids = dict(self.kids)

    def after_power_loss(self, fates):
        share = fates.choice((0, 0.5, 1))
        for change in self.dirty:
            if fates.random() < share:
                self.apply(self.stable, change)
            elif change[1] is not None and fates.random() < share:
                torn = fates.randrange(len(change[1]) + 1) // 512 * 512
                self.apply(self.stable, (change[0], change[1][:torn]))
        kids = dict(self.stable_kids)
        for name in sorted(set(self.kids) | set(kids)):
            if self.kids.get(name) != kids.get(name) and fates.random() < share:
                kids.pop(name, None)
                if name in self.kids:
                    kids[name] = self.kids[name]
        return kids


class Failure(Exception):
    pass


class FileSystem:
    def __init__(self, call, error, stays):
        self.nodes, self.last = {1: Node(stat.S_IFDIR | 0o700)}, 1
        self.left, self.error, self.stays = call, error, stays

    def add(self, parent, name, mode):
        if name in self.nodes[parent].kids:
            raise Failure(errno.EEXIST)
        self.last += 1
        self.nodes[self.last] = Node(mode)
        self.nodes[parent].kids[name] = self.last
        return self.last

    def load(self, parent, folder):
        for path in sorted(folder.iterdir()):
            number = self.add(parent, os.fsencode(path.name), path.stat().st_mode)
            if path.is_dir():
                self.load(number, path)
            else:
                self.nodes[number].change((0, path.read_bytes()))
            self.nodes[number].sync()
        self.nodes[parent].sync()

    def dump(self, number, folder, fates):
        folder.mkdir(0o700, exist_ok=True)
        for name, kid in sorted(self.nodes[number].after_power_loss(fates).items()):
            path, node = folder / os.fsdecode(name), self.nodes[kid]
            if stat.S_ISDIR(node.mode):
                self.dump(kid, path, fates)
            else:
                node.after_power_loss(fates)
                path.write_bytes(node.stable)
            path.chmod(stat.S_IMODE(node.mode))

    def attributes(self, number):
        node = self.nodes[number]
        size, blocks = len(node.data), (len(node.data) + 511) // 512
        return struct.pack("<6Q10I", number, size, blocks, 0, 0, 0, 0, 0, 0, node.mode, node.links, 0, 0, 0, 4096, 0)

    def entry(self, number):
        return struct.pack("<4Q2I", number, 1, 0, 0, 0, 0) + self.attributes(number)

    def child(self, parent, name):
        number = self.nodes[parent].kids.get(name)
        if number is None:
            raise Failure(errno.ENOENT)
        return number

    def fail(self, node, what):
        if self.left > 0:
            self.left -= 1
            if self.left == 0:
                self.left = 1 if self.stays else 0
                if what == FSYNC:
                    node.dirty = []
                raise Failure(self.error)

    def answer(self, what, number, body):
        node = self.nodes.get(number)
        if what in (WRITE, FSYNC, CREATE):
            self.fail(node, what)
        if what == 1:
            return self.entry(self.child(number, body[:-1]))
        if what == 3:
            return struct.pack("<QII", 0, 0, 0) + self.attributes(number)
        if what == 4:
            valid, size, mode = *struct.unpack_from("<I12xQ", body), struct.unpack_from("<I", body, 68)[0]
            if valid & 8:
                node.change((size, None))
            if valid & 1:
                node.mode = stat.S_IFMT(node.mode) | stat.S_IMODE(mode)
            return struct.pack("<QII", 0, 0, 0) + self.attributes(number)
        if what == 8:
            return self.entry(self.add(number, body[16:-1], struct.unpack_from("<I", body)[0]))
        if what == 9:
            return self.entry(self.add(number, body[8:-1], stat.S_IFDIR | struct.unpack_from("<I", body)[0]))
        if what in (10, 11):
            gone = self.nodes[self.child(number, body[:-1])]
            if what == 11 and gone.kids:
                raise Failure(errno.ENOTEMPTY)
            gone.links -= 1
            del node.kids[body[:-1]]
            return b""
        if what in (12, 45):
            old, new = body[8 if what == 12 else 16 : -1].split(b"\0")
            self.nodes[struct.unpack_from("<Q", body)[0]].kids[new] = self.child(number, old)
            del node.kids[old]
            return b""
        if what in (14, 27):
            return struct.pack("<QII", number, 0, 0)
        if what == 15:
            at, size = struct.unpack_from("<8xQI", body)
            return bytes(node.data[at : at + size])
        if what == WRITE:
            at, size = struct.unpack_from("<8xQI", body)
            node.change((at, body[40 : 40 + size]))
            return struct.pack("<II", size, 0)
        if what == 17:
            return struct.pack("<5Q4I24x", 1 << 24, 1 << 23, 1 << 23, 1 << 20, 1 << 20, 4096, 255, 4096, 0)
        if what in (FSYNC, 30):
            node.sync()
            return b""
        if what in (18, 25, 29, 34):
            return b""
        if what == 28:
            return self.listing(node, *struct.unpack_from("<8xQI", body))
        if what == CREATE:
            made = self.add(number, body[16:-1], struct.unpack_from("<4xI", body)[0])
            return self.entry(made) + struct.pack("<QII", made, 0, 0)
        raise Failure(errno.ENOSYS)

    def listing(self, node, at, size):
        out = b""
        for place, (name, kid) in enumerate(list(node.kids.items())[at:], at + 1):
            kind = stat.S_IFMT(self.nodes[kid].mode) >> 12
            one = struct.pack("<QQII", kid, place, len(name), kind) + name
            one += bytes(-len(one) % 8)
            if len(out) + len(one) > size:
                break
            out += one
        return out

    def serve(self, device):
        while True:
            try:
                request = os.read(device, MAX_WRITE + 8192)
            except OSError as e:
                if e.errno in (errno.ENODEV, errno.EBADF):
                    return
                if e.errno in (errno.EINTR, errno.ENOENT, errno.EAGAIN):
                    continue
                raise
            _, what, unique, number = struct.unpack_from("<IIQQ", request)
            if what in (2, 36, 42):  # forgets and interrupts want no answer
                continue
            error, out = 0, b""
            if what == 26:
                ahead = struct.unpack_from("<I", request, 48)[0]
                out = struct.pack("<4I2H2I2H2I24x", 7, 31, ahead, 0, 16, 12, MAX_WRITE, 1, 0, 0, 0, 0)
            elif what != 38:
                try:
                    out = self.answer(what, number, request[40:])
                except Failure as e:
                    error = -e.args[0]
            try:
                os.write(device, struct.pack("<IiQ", 16 + len(out), error, unique) + out)
            except OSError as e:
                if e.errno not in (errno.ENOENT, errno.ENODEV):  # whoever asked is gone
                    raise


class PowerLoss(Exception):
    pass


def power_loss(*_):
    raise PowerLoss


def main(mount, folder, seed, call="0", error="0", then="once"):
    files = FileSystem(int(call), int(error), then == "stays")
    files.load(1, pathlib.Path(folder))
    device = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={device},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()}".encode()
    if LIBC.mount(b"lossy", os.fsencode(mount), b"fuse", 0, options) != 0:
        sys.exit("it can't be mounted: " + os.strerror(ctypes.get_errno()))
    signal.signal(signal.SIGTERM, power_loss)
    try:
        print("mounted", flush=True)
        files.serve(device)
    except PowerLoss:
        pass
    LIBC.umount2(os.fsencode(mount), MNT_DETACH)
    os.close(device)
    shutil.rmtree(folder)
    files.dump(1, pathlib.Path(folder), random.Random(int(seed)))


if __name__ == "__main__":
    main(*sys.argv[1:])
