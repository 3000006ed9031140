/** The server's answers, told apart: what it refused, that one has to sign in, and that there is no way to it now. */

export class Offline extends Error {}

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: Record<string, string>,
  ) {
    super(message);
  }
}

const PATIENCE = 20000;

export class Api {
  constructor(
    private readonly base: string,
    private readonly language: string,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.ask<T>("GET", path);
  }

  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.ask<T>("POST", path, body);
  }

  /** Whether the server answers at all. */
  async reaches(): Promise<boolean> {
    try {
      return (await fetch("/healthz", { cache: "no-store" })).ok;
    } catch {
      return false;
    }
  }

  private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(this.base + path + (this.language === "en" ? "?bahasa=en" : ""), {
        method,
        cache: "no-store",
        credentials: "same-origin",
        signal: stop.signal,
        headers: body === undefined ? {} : { "Content-Type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      text = await answer.text();
    } catch {
      throw new Offline();
    } finally {
      clearTimeout(timer);
    }
    if (answer.status >= 500) throw new Offline();
    const said = text ? JSON.parse(text) : null;
    if (answer.ok) return said as T;
    throw new Refused(answer.status, said?.code ?? "", said?.message ?? "", said?.fields ?? {});
  }
}
