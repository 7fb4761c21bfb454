// .br and .gz beside each file that gets notably smaller, so that the server never compresses.
import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const COMPRESSIBLE = /\.(js|css|wasm|svg|txt)$/;
const FULL_EFFORT_BYTES_MAX = 1 << 20;

const brotli = (bytes, quality) =>
  promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });

/** `fullEffort` names the large files that every opening loads: worth the seconds that the best compression takes. */
export async function compressAll(folder, fullEffort) {
  const files = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { size } = await stat(path);
    if (COMPRESSIBLE.test(name) && size > 512) {
      files.push({ path, size, quality: size <= FULL_EFFORT_BYTES_MAX || fullEffort(name) ? 11 : 9 });
    }
  }
  // The longest first: the last to end decides.
  files.sort((a, b) => b.size - a.size);
  await Promise.all([lane(files), lane(files), lane(files), lane(files)]);
}

async function lane(files) {
  for (let file = files.shift(); file; file = files.shift()) {
    const bytes = await readFile(file.path);
    const packed = [[".br", await brotli(bytes, file.quality)], [".gz", await promisify(gzip)(bytes, { level: 9 })]];
    for (const [suffix, smaller] of packed) {
      if (smaller.length < bytes.length * 0.9) {
        await writeFile(file.path + suffix, smaller);
      }
    }
  }
}
