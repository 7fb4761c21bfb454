// ndarray writes its constructors as text and compiles them in the browser, which the page's policy
// forbids. Here its own generator runs once, for every element type and up to four dimensions.
import { createContext, runInContext } from "node:vm";
import { Refusal } from "./refusal.mjs";

const DIMENSIONS = [-1, 0, 1, 2, 3, 4];
const GENERATOR = /^([ \t]*)function compileConstructor\(dtype, dimension\) \{\n[\s\S]*?\n\1\}\n/gm;
const IOTA = /^([ \t]*)function iota\(n\) \{\n[\s\S]*?\n\1\}\n/m;
const COMPILE = /new Function\((?:code|"TrivialArray", code|"CTOR_LIST", "ORDER", code\.join\("\\n"\))\)/g;
const TYPES = /var CACHED_CONSTRUCTORS = \{([^}]*)\}/;

/**
 * Takes the compiling out of one bundle. Returns its new text and the generated constructors as
 * [key, source of a function], or null when ndarray is not in it.
 */
export function precompile(bundle) {
  const generators = [...bundle.matchAll(GENERATOR)].filter((match) => match[0].includes("View_Nil"));
  if (generators.length === 0) {
    return null;
  }
  const [generator] = generators[0];
  const calls = generator.match(COMPILE) ?? [];
  const iota = bundle.match(IOTA);
  const types = [...(bundle.match(TYPES)?.[1] ?? "").matchAll(/"([a-z0-9_]+)"/g)].map((match) => match[1]);
  if (generators.length !== 1 || calls.length !== 3 || !iota) {
    throw new Refusal("ndarray in the viewer's bundles is not built as expected.", "the viewer's version needs a new look at build/viewer.d/ndarray.mjs.");
  }
  // Workers load no constructors; theirs may compile where their policy lets them.
  const replaced = generator.replace(COMPILE, (call) => `(globalThis.leadglassNdarray ? globalThis.leadglassNdarray(dtype, dimension) : ${call})`);
  return { text: bundle.replace(generator, () => replaced), constructors: generated(iota[0], generator, types) };
}

function generated(iota, generator, types) {
  const caught = [];
  const context = createContext({
    catching: function (...args) {
      caught.push(args);
      return () => 0;
    },
    CACHED_CONSTRUCTORS: Object.fromEntries(types.map((type) => [type, []])),
    order: 0,
  });
  runInContext(iota + generator.replaceAll("new Function(", "catching("), context, { timeout: 5000 });
  return types.flatMap((type) =>
    DIMENSIONS.map((dimension) => {
      caught.length = 0;
      runInContext(`compileConstructor(${JSON.stringify(type)}, ${dimension})`, context, { timeout: 5000 });
      const parameters = caught[0].slice(0, -1);
      // The bundlings indent the same source differently.
      const body = caught[0].at(-1).replace(/\t/g, "");
      return [`${type}:${dimension}`, `function(${parameters.join(",")}){${body}}`];
    }),
  );
}

/** The script that the page loads before the bundles. */
export function constructorScript(constructors) {
  const entries = [...constructors].map(([key, source]) => `${JSON.stringify(key)}: ${source}`);
  return `globalThis.leadglassNdarray = (() => {
  const made = {\n${entries.join(",\n")}\n};
  return (dtype, dimension) => {
    const constructor = made[dtype + ":" + dimension];
    if (!constructor) throw new RangeError("no ndarray constructor for " + dtype + ", " + dimension + " dimensions");
    return constructor;
  };
})();\n`;
}
