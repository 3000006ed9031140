/** Moments in the office's zone, as the page's language writes them. */
import { fill, word } from "./screens";

export function moment(at: Date, zone: string, zoneName: string, language: string): string {
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(language === "en" ? "en-GB" : "id-ID", { timeZone: zone, ...options }).format(at);
  return fill(word("moment"), {
    weekday: part({ weekday: "long" }),
    day: part({ day: "numeric" }),
    month: part({ month: "long" }),
    year: part({ year: "numeric" }),
    time: clock(at, zone, zoneName, language),
  });
}

/** `20.51 WITA`, in English `20:51 WITA`. */
export function clock(at: Date, zone: string, zoneName: string, language: string): string {
  const options: Intl.DateTimeFormatOptions = { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const time = new Intl.DateTimeFormat("en-GB", options).format(at);
  return `${language === "en" ? time : time.replace(":", ".")} ${zoneName}`;
}

/** `3, 5 dan 8`. */
export function listed(numbers: number[]): string {
  const last = numbers[numbers.length - 1];
  const before = numbers.slice(0, -1);
  return before.length ? `${before.join(", ")} ${word("and")} ${last}` : String(last);
}
