// Judges statements as the phone does, for tests/pact/test_statement_js.py: reads {"valid": [...], "refused": [...]} from standard
// input and answers, for each, what the bundled code of statement.ts says.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "vite";

const entry = resolve(import.meta.dirname, "statement.ts");
const made = await build({
  configFile: false,
  logLevel: "silent",
  build: { write: false, lib: { entry, formats: ["es"] }, target: "chrome84" },
});
const code = (Array.isArray(made) ? made[0] : made).output[0].code;
const { buildStatement, parseStatement } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

const said = (work) => {
  try {
    return work();
  } catch {
    return null;
  }
};
const given = JSON.parse(readFileSync(0, "utf8"));
const answer = {
  built: given.valid.map((fields) => said(() => buildStatement(fields))),
  parsed: given.texts.map((text) => said(() => parseStatement(text))),
};
process.stdout.write(JSON.stringify(answer));
