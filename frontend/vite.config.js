// Builds two style sheets and the scripts to fixed names; Django's manifest storage adds the hashes.
import { resolve } from "node:path";
import { build, defineConfig } from "vite";
import { ikrarAssets } from "./assets.js";

const here = import.meta.dirname;
const outDir = resolve(here, "../src/ikrar/web/static/dist");

// One file per surface: a chunk shared by two scripts would be fetched under two names once storage hashes them.
const scripts = { office: "office.ts", public: "public.ts", sign: "sign/main.ts", rollcall: "rollcall/index.ts" };

const common = {
  configFile: false,
  root: here,
  base: "./",
  publicDir: false,
  logLevel: "warn",
};

const building = {
  outDir,
  assetsInlineLimit: 0,
  modulePreload: false,
  reportCompressedSize: false,
  target: ["chrome84", "firefox78", "safari14.1"],
};

const script = (name, entry) => ({
  ...common,
  build: {
    ...building,
    emptyOutDir: false,
    rollupOptions: {
      input: resolve(here, entry),
      // htmx asks for eval only where its setting allowEval permits it; ours does not.
      checks: { eval: false, pluginTimings: false, bundlerTimings: false },
      output: { format: "iife", entryFileNames: `${name}.js` },
    },
  },
});

const buildScripts = {
  name: "ikrar-scripts",
  async closeBundle() {
    for (const [name, entry] of Object.entries(scripts)) {
      await build(script(name, entry));
    }
  },
};

export default defineConfig({
  ...common,
  plugins: [ikrarAssets(), buildScripts],
  css: {
    preprocessorOptions: {
      scss: { quietDeps: true, silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"] },
    },
  },
  build: {
    ...building,
    emptyOutDir: true,
    rollupOptions: {
      input: { public: resolve(here, "styles/public.scss"), office: resolve(here, "styles/office.scss") },
      output: { assetFileNames: "[name][extname]" },
      checks: { pluginTimings: false, bundlerTimings: false },
    },
  },
});
