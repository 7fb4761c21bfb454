// node --test build/viewer.d/test
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { constructorScript, precompile } from "../ndarray.mjs";
import { isKept, patchAll } from "../patch.mjs";
import { Refusal } from "../refusal.mjs";
import { filesOf } from "../tar.mjs";

function tar(...entries) {
  const blocks = entries.flatMap(([name, type, bytes, length = bytes.length]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(length.toString(8).padStart(11, "0"), 124);
    header.write(type, 156);
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

test("files come out of a package, links and folders do not", () => {
  const tgz = tar(["package/", "5", Buffer.alloc(0)], ["package/a", "0", Buffer.from("one")], ["package/link", "2", Buffer.alloc(0)], ["package/b", "0", Buffer.alloc(513, 7)]);
  const files = [...filesOf(tgz)];
  assert.deepEqual(files.map(([name, bytes]) => [name, bytes.length]), [["package/a", 3], ["package/b", 513]]);
  assert.equal(files[0][1].toString(), "one");
});

test("an entry longer than its archive is refused", () => {
  assert.throws(() => [...filesOf(tar(["package/a", "0", Buffer.from("one"), 1 << 20]))], /longer than the archive/);
});

test("only names of the viewer's own kind are kept", () => {
  for (const name of ["app.bundle.0123456789abcdef.js", "89.bundle.0123456789abcdef.js", "12.css", "app.bundle.css", "0123456789abcdef.wasm", "assets/images/CT-Bone.png"]) {
    assert.ok(isKept(name), name);
  }
  for (const name of ["sw.js", "google.js", "ort/ort.all.js", "app.bundle.0123456789abcdef.js.map", "../app.bundle.css", "assets/images/../../x.png", "index.html", "customizations/a.js"]) {
    assert.ok(!isKept(name), name);
  }
});

const GENERATOR = `
function iota(n) {
  return Array.from({ length: n }, (_, i) => i)
}
function compileConstructor(dtype, dimension) {
  var className = "View_Nil" + dtype;
  if (dimension === -1) {
    var code = "return function(a){return ['" + className + "', a]}";
    var procedure = new Function(code)
    return procedure()
  } else if (dimension === 0) {
    var code = "return TrivialArray";
    var procedure = new Function("TrivialArray", code)
    return procedure(CACHED_CONSTRUCTORS[dtype][0])
  }
  var code = ["return function(){return " + iota(dimension).length + "}"];
  var procedure = new Function("CTOR_LIST", "ORDER", code.join("\\n"))
  return procedure(CACHED_CONSTRUCTORS[dtype], order)
}
var CACHED_CONSTRUCTORS = { "int8":[], "generic":[] }
`;

test("ndarray's constructors are made beforehand, and the bundle takes them from there", () => {
  const { text, constructors } = precompile(GENERATOR);
  assert.equal(constructors.length, 2 * 6);
  assert.equal(text.match(/new Function/g).length, text.match(/leadglassNdarray \?/g).length);
  (0, eval)(constructorScript(new Map(constructors)));
  assert.deepEqual(globalThis.leadglassNdarray("int8", -1)()(5), ["View_Nilint8", 5]);
  assert.equal(globalThis.leadglassNdarray("generic", 0)("inner"), "inner");
  assert.equal(globalThis.leadglassNdarray("generic", 3)([], 0)(), 3);
  assert.throws(() => globalThis.leadglassNdarray("int8", 5), RangeError);
});

test("a bundle without ndarray is left alone, one with another ndarray is refused", () => {
  assert.equal(precompile("let nothing;"), null);
  assert.throws(() => precompile(GENERATOR.replace("new Function(code)", "compiled(code)")), Refusal);
});

const files = () =>
  new Map([
    ["app.bundle.0.js", Buffer.from(`__webpack_require__.p = "/";${GENERATOR}`)],
    ["7.bundle.1.js", Buffer.from('__webpack_require__.p = "/";')],
    ["8.bundle.2.js", Buffer.from("let chunk;")],
    ["app.bundle.css", Buffer.from("a{src:url(/a.woff2)} b{src:url(data:x)}")],
  ]);
const expected = { publicPaths: 2, cssUrls: 1, ndarrayBundlings: 1, ndarrayConstructors: 12, workers: 1 };

test("everything that names the root names the viewer's folder instead", () => {
  const patched = files();
  assert.deepEqual(patchAll(patched, "/viewer/1/", expected), ["7.bundle.1.js"]);
  assert.equal(patched.get("7.bundle.1.js").toString(), '__webpack_require__.p = "/viewer/1/";');
  assert.equal(patched.get("8.bundle.2.js").toString(), "let chunk;");
  assert.equal(patched.get("app.bundle.css").toString(), "a{src:url(/viewer/1/a.woff2)} b{src:url(data:x)}");
  assert.ok(patched.has("ndarray.js"));
});

test("a count that changed refuses the package", () => {
  for (const what of Object.keys(expected)) {
    assert.throws(() => patchAll(files(), "/viewer/1/", { ...expected, [what]: expected[what] + 1 }), Refusal, what);
  }
});
