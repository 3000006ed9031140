// Makes icons.svg from the list of used icons, and puts the favicon and the font beside the sheets.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";

const here = import.meta.dirname;
const require = createRequire(import.meta.url);
const tabler = resolve(dirname(require.resolve("@tabler/icons/package.json")), "icons/outline");

function symbol(id, file) {
  const inner = readFileSync(file, "utf8")
    .replace(/<!--[^]*?-->/g, "")
    .replace(/^[^]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/<path stroke="none"[^>]*\/>/g, "")
    .replace(/\s*\n\s*/g, "");
  return `<symbol id="${id}" viewBox="0 0 24 24">${inner}</symbol>`;
}

/** The sprite: the mark, and one symbol for each of Tabler's icons named in icons.json. */
export function sprite() {
  const names = JSON.parse(readFileSync(resolve(here, "icons.json"), "utf8"));
  const symbols = names.map((name) => symbol(name, resolve(tabler, `${name}.svg`)));
  symbols.unshift(symbol("mark", resolve(here, "marks/mark.svg")));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

/** The mark in the accent of the tokens: a file that stands alone cannot read a custom property. */
function favicon() {
  const accent = readFileSync(resolve(here, "styles/tokens.scss"), "utf8").match(/--ik-accent: (#\w+);/)[1];
  return readFileSync(resolve(here, "marks/mark.svg"), "utf8").replace("currentColor", accent);
}

export function ikrarAssets() {
  return {
    name: "ikrar-assets",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "icons.svg", source: sprite() });
      this.emitFile({ type: "asset", fileName: "favicon.svg", source: favicon() });
    },
  };
}
