/** A member does not agree: which points, and why; the way back stays open. */
import { Offline, Refused } from "./api";
import { show, word } from "./screens";
import type { Session } from "./session";

export class Decline {
  private chosen = new Set<number>();
  private reason = "";
  private error = "";
  readonly acts = {
    pick: (element: HTMLElement) => this.pick(element as HTMLInputElement),
    send_decline: () => this.send(),
    back: () => this.back(),
    network: () => this.session.strip("reading"),
  };

  constructor(
    private readonly session: Session,
    private readonly toReading: () => void,
    private readonly signedOut: () => void,
  ) {}

  show(): void {
    const { points } = this.session.draft!.page;
    this.session.strip("reading");
    show("decline", {
      points: points.map((point) => ({ ...point, is_chosen: this.chosen.has(point.number) })),
      chosen: points.filter((point) => this.chosen.has(point.number)),
      reason: this.reason,
      error: this.error,
    });
  }

  private pick(box: HTMLInputElement): void {
    const number = Number(box.value);
    if (box.checked) this.chosen.add(number);
    else this.chosen.delete(number);
    this.hold();
    this.show();
    document.querySelector<HTMLInputElement>(`[name="points"][value="${number}"]`)?.focus();
  }

  private hold(): void {
    this.reason = document.querySelector<HTMLTextAreaElement>("#reason")?.value ?? this.reason;
  }

  private back(): void {
    this.hold();
    this.toReading();
  }

  private async send(): Promise<void> {
    this.hold();
    this.error = this.reason.trim() ? "" : word("reason_missing");
    if (this.error) return this.show();
    try {
      const sent = { points: [...this.chosen].sort((one, other) => one - other), reason: this.reason };
      const answer = await this.session.api.post<{ declined_words: string }>("/declines", sent);
      this.session.strip("none");
      show("declined", { ...answer });
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return this.signedOut();
      this.error = error instanceof Offline ? word("no_signal") : error instanceof Refused ? Object.values(error.fields)[0] || error.message : String(error);
      this.show();
    }
  }
}
