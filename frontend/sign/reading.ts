/** Screen 1: the text, one point open at a time; how far one has read is stored at each tap. */
import { show, word } from "./screens";
import type { Session } from "./session";
import { hasVoice, isSpeaking, onVoices, speak, stop } from "./voice";
import { listed } from "./words";

export class Reading {
  readonly acts = {
    understood: () => this.understood(),
    listen: () => this.listen(),
    ask: () => this.leave(this.next),
    decline: () => this.leave(this.refuse),
    network: () => this.session.strip("reading"),
  };

  constructor(
    private readonly session: Session,
    private readonly next: () => void,
    private readonly refuse: () => void,
  ) {
    onVoices(() => document.body.dataset.screen === "read" && this.show());
  }

  show(): void {
    const { page, read } = this.session.draft!;
    const total = page.points.length;
    this.session.strip("reading");
    show("read", {
      place: page.place,
      total,
      done: read,
      percent: (read / total) * 100,
      questions: page.questions.length,
      is_sample: page.is_sample,
      is_unconfirmed: !page.is_confirmed,
      changed_words: page.changed?.length ? word("changed").replace("{list}", listed(page.changed)) : "",
      at_start: read === 0,
      opening: page.opening.map((text) => ({ text })),
      closing: page.closing.map((text) => ({ text })),
      closing_shown: page.closing.length > 0 && read === total,
      points: page.points.map((point, index) => ({ ...point, ...this.state(index, read, page.changed, point.number) })),
      all_read: read === total,
      voice: hasVoice(),
      listen_word: word(isSpeaking() ? "stop" : "listen"),
    });
  }

  private state(index: number, read: number, changed: number[] | null, number: number): Record<string, unknown> {
    const state = index < read ? "done" : index === read ? "open" : "todo";
    return {
      class: `ik-pact-point ik-pact-${state}`,
      is_done: state === "done",
      is_open: state === "open",
      is_changed: Boolean(changed?.includes(number)),
      norm_url: `/norma/${this.session.draft!.page.points[index].norm}/${this.session.settings.language === "en" ? "?bahasa=en" : ""}`,
    };
  }

  private async understood(): Promise<void> {
    stop();
    const draft = this.session.draft!;
    await this.session.keep({ read: Math.min(draft.read + 1, draft.page.points.length) });
    this.show();
    document.querySelector(".ik-pact-open, .ik-dock")?.scrollIntoView({ block: "center" });
  }

  private listen(): void {
    if (isSpeaking()) {
      stop();
      this.show();
      return;
    }
    const { page, read } = this.session.draft!;
    const text = read < page.points.length ? page.points[read].text : page.points.map((point) => point.text).join(" ");
    speak(read === 0 ? `${page.opening.join(" ")} ${text}` : text, () => this.show());
    setTimeout(() => document.body.dataset.screen === "read" && this.show(), 150);
  }

  private leave(to: () => void): void {
    stop();
    to();
  }
}
