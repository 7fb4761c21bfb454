// Packages from the machine's npm, checked against the hashes we keep. No script of theirs runs.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "./refusal.mjs";

/** The bytes of `name@version`, or a refusal: wrong bytes are as bad as none. */
export function fetchPackage(name, version, sha512, folder) {
  let listing;
  try {
    listing = execFileSync(
      "npm",
      ["pack", `${name}@${version}`, "--json", "--silent", "--ignore-scripts", "--fetch-retries=1", "--pack-destination", folder],
      { cwd: folder, encoding: "utf8", maxBuffer: 1 << 26, timeout: 300_000, stdio: ["ignore", "pipe", "pipe"] },
    );
  } catch (failure) {
    const code = /E[A-Z0-9]{3,}/.exec(`${failure.stdout ?? ""} ${failure.stderr ?? ""} ${failure.code ?? ""}`);
    throw new Refusal(
      `npm could not fetch ${name}@${version}${code ? ` (${code[0]})` : ""}.`,
      "check that npm reaches its registry, then start again.",
    );
  }
  const bytes = readFileSync(join(folder, JSON.parse(listing)[0].filename));
  if (createHash("sha512").update(bytes).digest("base64") !== sha512) {
    throw new Refusal(
      `${name}@${version} is not the package that was checked: its SHA-512 differs.`,
      "look at what npm's registry is set to; nothing of the package was used.",
    );
  }
  return bytes;
}
