// Builds what browsers load: every file is named after its content, and manifest.json says which is which.
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "..", "static");

const STYLES = ["app", "staff"];
const SCRIPTS = ["app", "staff"];
const IMAGES = ["favicon.svg"];
const BROWSERS = ["chrome88", "firefox85", "safari15"];

const manifest = {};
const contents = new Map();
for (const name of STYLES) keep(`${name}.css`, await style(name));
for (const name of SCRIPTS) keep(`${name}.js`, await script(name));
for (const name of IMAGES) keep(name, await readFile(join(here, "src", "images", name)));
await writeAll();

async function style(name) {
  const compiled = await sass.compileAsync(join(here, "src", `${name}.scss`), {
    loadPaths: [join(here, "node_modules")],
    quietDeps: true,
    fatalDeprecations: ["import", "global-builtin"],
  });
  return bundle({
    stdin: { contents: compiled.css, loader: "css", resolveDir: here },
    loader: { ".woff": "dataurl", ".woff2": "dataurl", ".ttf": "empty", ".eot": "empty", ".svg": "empty" },
  });
}

function script(name) {
  return bundle({ entryPoints: [join(here, "src", `${name}.js`)], format: "iife" });
}

async function bundle(options) {
  const result = await esbuild.build({
    ...options,
    bundle: true,
    minify: true,
    write: false,
    target: BROWSERS,
    charset: "utf8",
    legalComments: "eof",
    logLevel: "warning",
  });
  return Buffer.from(result.outputFiles[0].contents);
}

function keep(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const stem = basename(name, extname(name));
  manifest[name] = `${stem}.${hash}${extname(name)}`;
  contents.set(manifest[name], content);
}

// Nothing is touched before everything is built, so a failed build leaves the last good one.
async function writeAll() {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  for (const [name, content] of contents) await writeFile(join(out, name), content);
  await writeFile(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
