// Files out of what was dropped or chosen, folders walked, and which of them can be DICOM.

/** Reads all entries of a folder: browsers give them in portions. */
async function children(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) {
      return all;
    }
    all.push(...some);
  }
}

/**
 * @param {FileSystemEntry[]} entries taken from the event while it lasted
 * @yields {{file: File, path: string}}
 */
export async function* walk(entries) {
  const left = [...entries];
  while (left.length) {
    const entry = left.pop();
    if (entry.isDirectory) {
      left.push(...await children(entry).catch(() => []));
    } else {
      const file = await new Promise((done) => entry.file(done, () => done(null)));
      if (file) {
        yield { file, path: entry.fullPath.replace(/^\//, '') };
      }
    }
  }
}

/** @yields {{file: File, path: string}} */
export async function* chosen(files) {
  for (const file of files) {
    yield { file, path: file.webkitRelativePath || file.name };
  }
}

/**
 * Whether the file begins as DICOM does (PS3.10 §7.1), or as old files without a preamble do:
 * with an element of group 0002 or 0008. An index of a disc is DICOM, but holds no image.
 */
export async function looksLikeDicom(file) {
  if (/^dicomdir$/i.test(file.name) || file.size < 132) {
    return false;
  }
  const head = new Uint8Array(await file.slice(0, 132).arrayBuffer());
  const magic = String.fromCharCode(...head.subarray(128));
  const group = head[0] | head[1] << 8;
  return magic === 'DICM' || ((group === 0x0002 || group === 0x0008) && head[3] === 0);
}
