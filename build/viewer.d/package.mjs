// Makes the folder that the server serves as /viewer/: OHIF as npm has it, trimmed, moved under /viewer/,
// with our page around it, minified and compressed. See docs/viewer.md.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compressAll } from "./compress.mjs";
import { fetchPackage } from "./fetch.mjs";
import { isKept, patchAll } from "./patch.mjs";
import { Refusal } from "./refusal.mjs";
import { filesOf } from "./tar.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const inputs = JSON.parse(readFileSync(join(here, "inputs.json"), "utf8"));

function say(what) {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\x1b[Kleadglass: preparing the viewer (once): ${what} ...`);
  }
}

/** esbuild's own binary for this machine; null where it has none, and the bundles stay as they are. */
function esbuild(work) {
  const platform = `${process.platform}-${process.arch}`;
  const sha512 = inputs.esbuild[platform];
  if (!sha512) {
    return null;
  }
  const package_ = fetchPackage(`@esbuild/${platform}`, inputs.esbuild.version, sha512, work);
  const binary = [...filesOf(package_)].find(([name]) => name === "package/bin/esbuild")[1];
  const path = join(work, "esbuild");
  writeFileSync(path, binary, { mode: 0o700 });
  return path;
}

function viewerFiles(work) {
  const { name, version, sha512 } = inputs.viewer;
  const files = new Map();
  let licence;
  for (const [path, bytes] of filesOf(fetchPackage(name, version, sha512, work))) {
    if (path === "package/LICENSE") {
      licence = bytes;
    } else if (path.startsWith("package/dist/") && isKept(path.slice("package/dist/".length))) {
      files.set(path.slice("package/dist/".length), bytes);
    }
  }
  return { files, licence };
}

/** Our page; its scripts and styles go among the viewer's, the document beside them. */
function ourPage(files, base) {
  const app = [...files.keys()].filter((name) => /^app\.bundle\..*\.js$/.test(name));
  if (app.length !== 1) {
    throw new Refusal(`the viewer has ${app.length} app bundles where 1 was expected.`, "this version of the viewer needs a new look at build/viewer.d.");
  }
  const fill = (name) => readFileSync(join(here, "page", name), "utf8").replaceAll("@BASE@", base).replaceAll("@APP@", app[0]);
  for (const name of readdirSync(join(here, "page")).filter((each) => each !== "viewer.html")) {
    files.set(name, Buffer.from(fill(name)));
  }
  return fill("viewer.html");
}

function minify(binary, folder) {
  const scripts = readdirSync(folder).filter((name) => name.endsWith(".js"));
  execFileSync(
    binary,
    ["--minify", "--charset=utf8", "--legal-comments=external", "--log-level=error", "--allow-overwrite", "--outdir=.", ...scripts],
    { cwd: folder, stdio: ["ignore", "ignore", "pipe"], timeout: 120_000 },
  );
}

async function make(folder, work) {
  const tag = basename(folder).replace(/^viewer-/, "");
  const base = `/viewer/${tag}/`;
  say("fetching");
  const { files, licence } = viewerFiles(work);
  const minifier = esbuild(work);
  say("moving it under /viewer/");
  const workers = patchAll(files, base, inputs.expected);
  const page = ourPage(files, base);
  const made = join(work, "made");
  const under = join(made, tag);
  mkdirSync(join(under, "assets", "images"), { recursive: true });
  for (const [name, bytes] of files) {
    writeFileSync(join(under, name), bytes);
  }
  writeFileSync(join(under, "LICENSE.txt"), licence);
  if (minifier) {
    say("minifying");
    minify(minifier, under);
  }
  say("compressing");
  await compressAll(under, (name) => /^(app|8097)\./.test(name));
  writeFileSync(join(made, "viewer.html"), page);
  writeFileSync(join(made, "workers.txt"), workers.map((name) => `${mayCompile(name) ? "compiles" : "plain"} ${name}\n`).join(""));
  publish(made, folder);
}

/** Decoders and surfaces come from compilers whose glue writes code at run time. */
const mayCompile = (name) => inputs.evalWorkers.includes(name.slice(0, name.indexOf(".")));

/** A rename is all or nothing; who comes second finds the same files there. */
function publish(made, folder) {
  try {
    renameSync(made, folder);
  } catch (failure) {
    if (!existsSync(folder)) {
      throw failure;
    }
  }
}

const STALE_MS = 24 * 3600 * 1000;

/** What a run that was killed has left behind. */
function sweepStale(cache) {
  for (const name of readdirSync(cache).filter((each) => each.includes(".making-"))) {
    if (Date.now() - statSync(join(cache, name)).mtimeMs > STALE_MS) {
      rmSync(join(cache, name), { recursive: true, force: true });
    }
  }
}

const [folder] = process.argv.slice(2);
sweepStale(dirname(folder));
const work = mkdtempSync(`${folder}.making-`);
const sweep = () => rmSync(work, { recursive: true, force: true });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    sweep();
    process.exit(1);
  });
}
const started = Date.now();
try {
  if (!process.stderr.isTTY) {
    process.stderr.write("leadglass: preparing the viewer (once; about half a minute) ...\n");
  }
  await make(folder, work);
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\x1b[Kleadglass: the viewer is ready (${Math.round((Date.now() - started) / 1000)} s)\n`);
  }
} catch (failure) {
  const known = failure instanceof Refusal;
  const start = process.stderr.isTTY ? "\r\x1b[K" : "";
  process.stderr.write(`${start}leadglass: no viewer: ${known ? failure.message : `packaging failed: ${failure.message.split("\n")[0]}`}\n`);
  process.stderr.write(`leadglass: hint: ${known ? failure.hint : "see that the cache folder has 300 MB free and may be written, then start again."}\n`);
  process.exitCode = 1;
} finally {
  sweep();
}
