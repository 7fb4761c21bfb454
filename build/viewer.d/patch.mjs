// What changes in the viewer's own files: where they are served from, and nothing else.
import { Refusal } from "./refusal.mjs";
import { constructorScript, precompile } from "./ndarray.mjs";

const PUBLIC_PATH = '__webpack_require__.p = "/";';
const CSS_URL = /url\(\//g;

/** Left out: source maps, service worker, browser machine learning, microscopy, sign-in of its own, icons of stores. */
export const isKept = (name) =>
  /^(app|\d+|compute|histogram-worker|interpolation|polySeg)\.bundle\.[0-9a-f]{16}\.js$/.test(name) ||
  /^(app\.bundle|\d+)\.css$/.test(name) ||
  /^[0-9a-f]{16}\.(wasm|woff2)$/.test(name) ||
  /^assets\/images\/[A-Za-z0-9-]+\.png$/.test(name);

/**
 * Patches files (a map of name to bytes) in place for `base`, adds the precompiled constructors, and
 * returns the names of the worker scripts. Any count that is not as expected refuses the package.
 */
export function patchAll(files, base, expected) {
  const counts = { publicPaths: 0, cssUrls: 0, ndarrayBundlings: 0 };
  const constructors = new Map();
  const workers = [];
  for (const [name, bytes] of files) {
    if (name.endsWith(".css")) {
      const text = bytes.toString("utf8");
      counts.cssUrls += text.match(CSS_URL)?.length ?? 0;
      files.set(name, Buffer.from(text.replace(CSS_URL, `url(${base}`)));
    } else if (name.endsWith(".js")) {
      let text = bytes.toString("utf8");
      const parts = text.split(PUBLIC_PATH);
      if (parts.length > 1) {
        counts.publicPaths += parts.length - 1;
        text = parts.join(`__webpack_require__.p = ${JSON.stringify(base)};`);
        if (!name.startsWith("app.")) {
          workers.push(name);
        }
      }
      const precompiled = precompile(text);
      if (precompiled) {
        counts.ndarrayBundlings++;
        text = precompiled.text;
        gather(constructors, precompiled.constructors);
      }
      files.set(name, Buffer.from(text));
    }
  }
  counts.ndarrayConstructors = constructors.size;
  counts.workers = workers.length;
  for (const [what, count] of Object.entries(counts)) {
    if (count !== expected[what]) {
      throw new Refusal(`the viewer's files hold ${count} ${what} where ${expected[what]} were expected.`, "this version of the viewer needs a new look at build/viewer.d.");
    }
  }
  files.set("ndarray.js", Buffer.from(constructorScript(constructors)));
  return workers;
}

function gather(constructors, more) {
  for (const [key, source] of more) {
    if ((constructors.get(key) ?? source) !== source) {
      throw new Refusal(`two bundles generate different ndarray constructors for ${key}.`, "this version of the viewer needs a new look at build/viewer.d/ndarray.mjs.");
    }
    constructors.set(key, source);
  }
}
