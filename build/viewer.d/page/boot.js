// Runs before the viewer's bundles and tells them where they are.
window.PUBLIC_URL = "/viewer/";

// The viewer loads optional parts by name; those that are packaged lie under one folder, and nothing else is loaded.
window.browserImportFunction = (name) =>
  String(name).startsWith("@BASE@") ? import(name) : Promise.reject(new Error("not part of this viewer"));

// The viewer ends this measurement and warns when nobody began it.
console.time("scriptToView");
