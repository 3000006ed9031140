/** Taps that are on their way: kept on this device until the server has said what it stored. */

/** One request. `people` says what it makes of each person, so that the page can show it before it is stored. */
export interface Tap {
  url: string;
  body: string;
  people: Record<string, string>;
}

export type Trouble = "none" | "offline" | "signed-out";

/** Sends taps one after the other, in their order; a tap leaves the queue only with the server's answer. */
export class Queue {
  private taps: Tap[];
  private isSending = false;
  private timer = 0;

  constructor(
    private readonly place: string,
    private readonly answered: (html: string) => void,
    private readonly changed: (trouble: Trouble) => void,
  ) {
    this.taps = this.read();
    window.addEventListener("online", () => this.send());
  }

  get waiting(): readonly Tap[] {
    return this.taps;
  }

  add(tap: Tap): void {
    this.taps.push(tap);
    this.keep();
    this.changed("none");
    this.send();
  }

  /** Takes back the last tap if it has not been sent yet. */
  takeBack(): boolean {
    if (this.taps.length < (this.isSending ? 2 : 1)) return false;
    this.taps.pop();
    this.keep();
    this.changed("none");
    return true;
  }

  async send(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    window.clearTimeout(this.timer);
    let trouble: Trouble = "none";
    while (this.taps.length && trouble === "none") trouble = await this.sendFirst();
    this.isSending = false;
    this.changed(trouble);
    if (trouble === "offline") this.timer = window.setTimeout(() => this.send(), 3000);
  }

  private async sendFirst(): Promise<Trouble> {
    const { url, body } = this.taps[0];
    let response: Response;
    let html: string;
    try {
      const headers = { "Content-Type": "application/x-www-form-urlencoded", "X-Ikrar-Tap": "1" };
      response = await fetch(url, { method: "POST", body, headers, signal: timeout(15000) });
      html = await response.text();
    } catch {
      return "offline";
    }
    if (response.redirected) return "signed-out";
    if (response.status >= 500) return "offline";
    this.taps.shift();
    this.keep();
    if (response.ok || response.status === 409) {
      this.answered(html);
      this.changed("none");
    } else {
      window.location.reload(); // the page itself says what became of it
    }
    return "none";
  }

  private read(): Tap[] {
    try {
      return JSON.parse(localStorage.getItem(this.place) ?? "[]") as Tap[];
    } catch {
      return [];
    }
  }

  /** Membership ids and marks only, and only while they are unsent. */
  private keep(): void {
    try {
      if (this.taps.length) localStorage.setItem(this.place, JSON.stringify(this.taps));
      else localStorage.removeItem(this.place);
    } catch {
      // A full or forbidden storage: the taps live as long as this page.
    }
  }
}

function timeout(milliseconds: number): AbortSignal {
  const control = new AbortController();
  window.setTimeout(() => control.abort(), milliseconds);
  return control.signal;
}
