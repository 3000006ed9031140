/** The statement that a member signs: exactly the bytes of docs/formats.md, section 1. Judged by tests/vectors/statement.json. */

const LABEL = "ikrar-pernyataan/v1";
const KIND = "pakta-integritas";
export const SENTENCE = "Saya telah membaca, memahami, dan menyetujui seluruh isi dokumen ini.";

export interface Statement {
  document: string;
  version: string;
  signer: string;
  position: string;
  event: string;
  key: string;
  client_time: string;
  nonce: string;
}

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const CLOCK = "[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";
const FIELDS: [keyof Statement, string, string][] = [
  ["document", "dokumen", "sha256:[0-9a-f]{64}"],
  ["version", "versi", "[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?"],
  ["signer", "penandatangan", UUID],
  ["position", "jabatan", "[A-Z]{2,12} [0-9]{2}(?:\\.[0-9]{2}(?:\\.[0-9]{2}(?:\\.[0-9]{4})?)?)?"],
  ["event", "acara", `${UUID}|-`],
  ["key", "kunci", "[A-Za-z0-9_-]{43}|-"],
  ["client_time", "waktu-klien", `${CLOCK}[+-](?:0[0-9]|1[0-4]):[0-5][0-9]`],
  ["nonce", "nonce", "[A-Za-z0-9_-]{21}[AQgw]|-"],
];

/** The text to sign. Throws where a value does not have its form. */
export function buildStatement(said: Statement): string {
  const lines = FIELDS.map(([name, label]) => `${label} ${said[name]}\n`);
  const text = `${LABEL}\njenis ${KIND}\n${lines.join("")}pernyataan ${SENTENCE}\n`;
  parseStatement(text);
  return text;
}

/** The values of a text that is exactly a statement. Throws otherwise. */
export function parseStatement(text: string): Statement {
  const lines = text.split("\n");
  const fits =
    lines.length === FIELDS.length + 4 &&
    lines[0] === LABEL &&
    lines[1] === `jenis ${KIND}` &&
    lines[lines.length - 2] === `pernyataan ${SENTENCE}` &&
    lines[lines.length - 1] === "";
  if (!fits) throw new Error("statement");
  const said: Partial<Statement> = {};
  FIELDS.forEach(([name, label, form], index) => {
    const found = new RegExp(`^${label} (${form})$`).exec(lines[index + 2]);
    if (!found) throw new Error(label);
    said[name] = found[1];
  });
  const whole = said as Statement;
  if ((whole.key === "-") !== (whole.nonce === "-") || !isInCalendar(whole.client_time)) throw new Error("statement");
  return whole;
}

function isInCalendar(time: string): boolean {
  const [year, month, day] = time.slice(0, 10).split("-").map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year);
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** A moment with the phone's own offset, e.g. 2024-11-04T10:12:33+08:00. */
export function clientTime(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const offset = -at.getTimezoneOffset();
  const size = Math.abs(offset);
  const day = `${String(at.getFullYear()).padStart(4, "0")}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return `${day}T${time}${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
