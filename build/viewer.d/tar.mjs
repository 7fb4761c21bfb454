// As much of the tar format as npm's packages use: regular files, names of up to 255 bytes (ustar), pax headers passed over.
import { gunzipSync } from "node:zlib";

const BLOCK = 512;

const text = (block, from, length) => {
  const bytes = block.subarray(from, from + length);
  const end = bytes.indexOf(0);
  return bytes.toString("utf8", 0, end < 0 ? length : end);
};

/** Each regular file as [name, bytes], in the order of the archive. */
export function* filesOf(tgz) {
  const tar = gunzipSync(tgz, { maxOutputLength: 1 << 29 });
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK);
    if (header[0] === 0) {
      return;
    }
    const length = Number.parseInt(text(header, 124, 12), 8);
    if (!(length >= 0) || at + BLOCK + length > tar.length) {
      throw new Error(`tar entry at ${at} is longer than the archive`);
    }
    const type = header[156];
    if (type === 0x30 || type === 0) {
      const prefix = text(header, 345, 155);
      yield [(prefix ? `${prefix}/` : "") + text(header, 0, 100), tar.subarray(at + BLOCK, at + BLOCK + length)];
    }
    at += BLOCK + Math.ceil(length / BLOCK) * BLOCK;
  }
}
