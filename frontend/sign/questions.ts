/** The three questions of understanding: a wrong answer explains and asks again; no answer is stored or sent. */
import { show } from "./screens";
import type { Session } from "./session";

export class Questions {
  private chosen = "";
  private isJudged = false;
  readonly acts = {
    choose: (element: HTMLElement) => this.choose((element as HTMLInputElement).value),
    answer: () => this.answer(),
    again: () => this.reset(),
    next: () => this.advance(),
    reread: () => this.reread(),
    back: () => this.back(),
    network: () => this.session.strip("reading"),
  };

  constructor(
    private readonly session: Session,
    private readonly done: () => void,
    private readonly toReading: () => void,
  ) {}

  show(): void {
    const { page, answered } = this.session.draft!;
    const index = Math.min(answered, page.questions.length - 1);
    const question = page.questions[index];
    const isRight = this.isJudged && this.chosen === question.answer;
    this.session.strip("reading");
    show("question", {
      number: index + 1,
      next: index + 2,
      questions: page.questions.length,
      has_next: index + 1 < page.questions.length,
      parts: page.questions.map((_, at) => ({ class: at < index || (at === index && isRight) ? "is-done" : at === index ? "is-current" : "" })),
      stem: question.stem,
      options: question.options.map(([letter, text]) => ({ letter, text, ...this.mark(letter, question.answer) })),
      is_open: !this.isJudged,
      is_wrong: this.isJudged && !isRight,
      is_right: isRight,
      explanation: question.explanation,
      point: question.point,
      point_text: lowerFirst(page.points[question.point - 1]?.text ?? ""),
    });
    this.light();
  }

  private mark(letter: string, answer: string): Record<string, unknown> {
    const isChosen = this.isJudged && letter === this.chosen;
    const isRight = isChosen && letter === answer;
    return {
      is_judged: this.isJudged && isChosen,
      is_right: isRight,
      is_wrong: isChosen && !isRight,
      class: `ik-answer${isChosen ? (isRight ? " is-right" : " is-wrong") : ""}`,
    };
  }

  private choose(letter: string): void {
    this.chosen = letter;
    this.light();
  }

  /** The button says that an answer comes first. */
  private light(): void {
    const button = document.querySelector<HTMLElement>('[data-act="answer"]');
    button?.toggleAttribute("disabled", !this.chosen);
  }

  private answer(): void {
    if (!this.chosen) return;
    this.isJudged = true;
    this.show();
    document.querySelector(".ik-phone-main .ik-notice")?.scrollIntoView({ block: "center" });
  }

  private reset(): void {
    this.chosen = "";
    this.isJudged = false;
    this.show();
    window.scrollTo(0, 0);
  }

  private async advance(): Promise<void> {
    const draft = this.session.draft!;
    this.chosen = "";
    this.isJudged = false;
    await this.session.keep({ answered: draft.answered + 1 });
    if (draft.answered < draft.page.questions.length) {
      this.show();
      window.scrollTo(0, 0);
    } else this.done();
  }

  private reread(): void {
    const point = this.session.draft!.page.questions[this.session.draft!.answered].point;
    this.isJudged = false;
    this.chosen = "";
    this.toReading();
    document.querySelectorAll(".ik-pact-point")[point - 1]?.scrollIntoView({ block: "center" });
  }

  private back(): void {
    this.isJudged = false;
    this.chosen = "";
    this.toReading();
  }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
