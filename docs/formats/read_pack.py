#!/usr/bin/python3
"""Reads an archive without Leadglass, by docs/formats/pack.md and keys.md alone.

  read_pack.py DATA KEYFILE                 lists what is held, one instance a line
  read_pack.py DATA KEYFILE --audit         prints the audit trail
  read_pack.py DATA KEYFILE --get UID OUT   writes the data set of a SOP Instance UID, bit for bit

DATA has `packs` and `keys/keys.db` in it; nothing may run. Needs Debian's python3-cryptography.
"""
import functools, pathlib, sqlite3, struct, sys

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

INSTANCE, CHUNKS, COMMIT, AUDIT, BATCH, EVENT, CLOSE, HEAD = range(1, 9)
CHUNK = 65536
TABLE = list(range(256))
for _ in range(8):
    TABLE = [n >> 1 ^ 0x82F63B78 * (n & 1) for n in TABLE]

def crc32c(data):
    return functools.reduce(lambda crc, byte: TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8, data, 0xFFFFFFFF) ^ 0xFFFFFFFF
def derive(key, purpose):
    return HKDF(SHA256(), 32, None, purpose.encode()).derive(key)
def unseal(key, about, sealed):
    return AESGCM(key).decrypt(sealed[:12], sealed[12:], about)

class Keys:
    """keys.md: study keys by name and by id, and the secret of the audit trail."""
    def __init__(self, data, keyfile):
        master = bytes.fromhex(keyfile.read_text().splitlines()[1])
        db = sqlite3.connect(data / "keys" / "keys.db")
        self.names, self.ids = {}, {}
        if db.execute("PRAGMA user_version").fetchone()[0] == 1:
            root, self.audit = master, derive(master, "audit")
            name = "id"
        else:
            rows = dict(db.execute("SELECT name, wrapped FROM root"))
            root = unseal(derive(master, "wrap root"), b"root root", rows["root"])
            self.audit = unseal(derive(root, "wrap root"), b"root audit", rows["audit"])
            name = "name"
        studies = f"SELECT s.{name}, s.id, s.wrapped, p.id, p.parent, p.wrapped FROM study s JOIN patient p ON p.{name} = s.parent"
        sites = {}
        for id, wrapped in db.execute("SELECT id, wrapped FROM site"):
            sites[id] = unseal(derive(root, "wrap sites"), b"site " + id.hex().encode(), wrapped)
        for name, id, wrapped, patient, site, its in db.execute(studies):
            key = unseal(derive(sites[site], "wrap patients"), b"patient " + patient.hex().encode(), its)
            key = unseal(key, b"study " + id.hex().encode(), wrapped)
            self.names[name] = key
            self.ids.setdefault(id, []).append(key)

class Packs:
    def __init__(self, data):
        self.bytes, self.order = {}, []
        for path in (data / "packs").glob("??/*.pack"):
            pack = path.read_bytes()
            if pack[:7] == b"LGPACK\0" and crc32c(pack[:60]) == struct.unpack(">I", pack[60:64])[0]:
                self.bytes[pack[16:32]] = pack
                self.order.append((struct.unpack(">Q", pack[8:16])[0], pack[16:32]))
        # What takes another's place while that one is there may not be finished.
        self.order = sorted(o for o in self.order if self.bytes[o[1]][33:49] not in self.bytes)

    def frame(self, pack, at):
        """Kind, record id, header and payload of the frame there, and where the next begins."""
        header = pack[at : at + 40]
        if len(header) < 40 or header[:4] != b"LGFR" or crc32c(header[:36]) != struct.unpack(">I", header[36:])[0]:
            return None
        end = at + 40 + struct.unpack(">I", header[8:12])[0]
        return (header[4], header[12:28], header, pack[at + 40 : end], end) if end <= len(pack) else None

    def kept(self):
        """Kind, record id and payload of every frame that a batch covers, oldest first."""
        for _, name in self.order:
            pack, batch, at = self.bytes[name], [], 64
            last = self.frame(pack, len(pack) - 40)
            closed = last is not None and last[0] == CLOSE
            while pack[32] == 0 and (found := self.frame(pack, at)):
                kind, record, header, payload, at = found
                if kind == BATCH:
                    covered = b"".join(f[2] + f[3] for f in batch) if not closed else b""
                    covered += payload[:12] if pack[7] >= 2 else b""
                    whole = closed or crc32c(covered) == struct.unpack(">I", payload[12:])[0]
                    if whole and struct.unpack(">I", payload[8:12])[0] == len(batch):
                        yield from ((f[0], f[1], f[3]) for f in batch)
                    batch = []
                elif kind != CHUNKS:
                    batch.append(found)
    def chunks(self, payload, at, extents, sealed):
        """The sealed chunks of a record: behind its trailer, or wherever its extents say."""
        for i in range(extents):
            name, start, frames = struct.unpack(">16sQI4x", payload[at + 32 * i : at + 32 * i + 32])
            for _ in range(frames):
                _, _, _, part, start = self.frame(self.bytes[name], start)
                yield from (part[n : n + CHUNK + 16] for n in range(0, len(part), CHUNK + 16))
        for n in range(0, 0 if extents else len(sealed), CHUNK + 16):
            yield sealed[n : n + CHUNK + 16]

class Instance:
    """pack.md, "Record head" and "Trailer"."""
    def __init__(self, record, payload, keys):
        fixed = 96 if payload[0] == 1 else 112  # up to the length of what is sealed
        length, trailer, self.extents = struct.unpack(">QII", payload[fixed : fixed + 16])
        self.record, self.payload, self.head = record, payload, fixed + 16
        front = self.head + 32 * self.extents
        self.sealed = payload[front + trailer :]
        tried = keys.ids.get(payload[20:36], []) if payload[0] == 1 else [keys.names.get(payload[36:52])]
        for study in filter(None, tried):
            try:
                plain = unseal(derive(study, "seal trailers"), record + payload[:front], payload[front : front + trailer])
            except InvalidTag:
                continue
            self.key = unseal(derive(study, "wrap objects"), record, payload[fixed - 60 : fixed])
            self.length, at = (length, 1) if plain[0] == 1 else (struct.unpack(">Q", plain[1:9])[0], 9)
            uids = []
            for _ in range(5):
                end = at + 2 + struct.unpack(">H", plain[at : at + 2])[0]
                uids.append(plain[at + 2 : end].decode())
                at = end
            self.study, self.series, self.sop, self.sop_class, self.syntax = uids
            self.last = max(1, -(-length // CHUNK)) - 1
            return
        raise LookupError("its key is gone")
    def data(self, packs):
        plain = b""
        for n, chunk in enumerate(packs.chunks(self.payload, self.head, self.extents, self.sealed)):
            nonce = struct.pack(">IQ", 0, n)
            plain += AESGCM(self.key).decrypt(nonce, chunk, self.record + bytes([n == self.last]))
        return plain[: self.length]

def main(data, keyfile, what="--list", uid="", out=""):
    keys, packs, found = Keys(pathlib.Path(data), pathlib.Path(keyfile)), Packs(pathlib.Path(data)), None
    for kind, record, payload in packs.kept():
        if kind == AUDIT and what == "--audit":
            key = derive(keys.audit, "entries " + record.hex())
            print(unseal(key, b"audit " + record.hex().encode(), payload).decode("utf-8", "backslashreplace"))
        elif kind in (INSTANCE, COMMIT) and what != "--audit":
            try:
                held = Instance(record, payload, keys)
            except LookupError:
                continue
            if what == "--list":
                print(held.sop, held.length, held.syntax, held.sop_class, held.series, held.study)
            found = held if held.sop == uid else found
    if what == "--get":
        pathlib.Path(out).write_bytes(found.data(packs))

if __name__ == "__main__":
    main(*sys.argv[1:])
