/** The roll call by keyboard and thumb. Without this script every choice is a button that submits its form. */
import { Queue, type Tap, type Trouble } from "./queue";

const KEYS: Record<string, string> = { h: "PRESENT", t: "ABSENT", i: "EXCUSED" };

class Roll {
  private readonly queue: Queue;
  private current = "";

  constructor(private readonly root: HTMLElement) {
    this.queue = new Queue(
      `ikrar-panggil-${root.dataset.roll}`,
      (html) => this.take(html),
      (trouble) => this.paint(trouble),
    );
    document.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("keydown", (event) => this.pressed(event));
    this.current = this.firstOpen();
    this.paint("none");
    this.queue.send();
  }

  private forms(): HTMLFormElement[] {
    return [...this.root.querySelectorAll<HTMLFormElement>("[data-roll-person]")];
  }

  private form(person: string): HTMLFormElement | null {
    return this.root.querySelector(`[data-roll-person="${person}"]`);
  }

  /** What stands on the page: what is stored, and over it what is on its way. */
  private marks(): Map<string, string> {
    const marks = new Map(this.forms().map((form) => [form.dataset.rollPerson!, form.dataset.stored!]));
    for (const tap of this.queue.waiting)
      for (const [person, mark] of Object.entries(tap.people)) if (marks.has(person)) marks.set(person, mark);
    return marks;
  }

  private firstOpen(after = ""): string {
    const marks = [...this.marks()];
    const start = marks.findIndex(([person]) => person === after) + 1;
    const inOrder = [...marks.slice(start), ...marks.slice(0, start)];
    return inOrder.find(([, mark]) => !mark)?.[0] ?? "";
  }

  private submitted(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    if (form.dataset.rollPerson) this.mark(form.dataset.rollPerson, button?.value ?? "");
    else if (form.dataset.rollAll) this.markAll(form);
    else if ("rollUndo" in form.dataset) this.undo();
    else return;
    event.preventDefault();
  }

  private mark(person: string, mark: string): void {
    const form = this.form(person);
    const before = this.marks().get(person);
    if (!form || before === undefined) return;
    if (mark && before !== mark)
      this.queue.add(tapOf(form, { person, seen: before, mark }, { [person]: mark }));
    this.moveTo(this.firstOpen(person));
  }

  private markAll(form: HTMLFormElement): void {
    const body = form.dataset.rollAll!;
    const open = [...this.marks()].filter(([person, mark]) => !mark && this.form(person)?.dataset.rollBody === body);
    if (!open.length) return;
    this.queue.add(tapOf(form, { body }, Object.fromEntries(open.map(([person]) => [person, "PRESENT"]))));
    this.moveTo(this.firstOpen(open[open.length - 1][0]));
  }

  private undo(): void {
    const last = this.queue.waiting[this.queue.waiting.length - 1];
    if (this.queue.takeBack()) {
      this.moveTo(Object.keys(last.people)[0] ?? this.current);
      return;
    }
    const form = document.querySelector<HTMLFormElement>("[data-roll-undo]");
    if (form) this.queue.add(tapOf(form, {}, {}));
  }

  private pressed(event: KeyboardEvent): void {
    const at = event.target as HTMLElement;
    if (event.ctrlKey || event.altKey || event.metaKey || at.matches("input:not([type=hidden]), textarea, select")) return;
    const key = event.key.toLowerCase();
    if (key in KEYS && this.current) this.mark(this.current, KEYS[key]);
    else if (key === "z") this.undo();
    else if (key === "arrowdown" || key === "arrowup") this.step(key === "arrowdown" ? 1 : -1);
    else return;
    event.preventDefault();
  }

  private step(by: number): void {
    const people = this.forms().map((form) => form.dataset.rollPerson!);
    // With nobody lit the focus is on the way onwards: down stays there, up goes back to the last name.
    const at = this.current ? people.indexOf(this.current) : people.length;
    const next = people[at + by];
    if (!next) return;
    (document.activeElement as HTMLElement | null)?.blur();
    this.moveTo(next);
  }

  /** Lights a row; with nobody left here the way to the next kecamatan, or to the text, gets the focus. */
  private moveTo(person: string): void {
    this.current = person;
    this.light();
    const row = this.form(person)?.closest<HTMLElement>(".ik-row");
    row?.scrollIntoView({ block: "nearest" });
    if (!row) this.focusOn();
  }

  private focusOn(): void {
    document.querySelector<HTMLElement>("#roll-next a, #roll-head .ik-btn-primary")?.focus();
  }

  private light(): void {
    for (const form of this.forms()) {
      const row = form.closest(".ik-row");
      const isCurrent = form.dataset.rollPerson === this.current;
      row?.classList.toggle("ik-row-lit", isCurrent);
      if (isCurrent) row?.setAttribute("aria-current", "true");
      else row?.removeAttribute("aria-current");
    }
  }

  /** Puts what the server answered into its places; nothing else on the page moves. */
  private take(html: string): void {
    const parts = document.createElement("template");
    parts.innerHTML = html;
    for (const part of [...parts.content.children]) {
      const old = document.getElementById(part.id);
      if (!old) continue;
      const isReopened = old.dataset.stored && (part as HTMLElement).dataset.stored === "";
      if (isReopened) this.current = (part as HTMLElement).dataset.rollPerson ?? "";
      const focused = old.contains(document.activeElement) ? (document.activeElement as HTMLButtonElement) : null;
      old.replaceWith(part);
      if (focused?.value) part.querySelector<HTMLElement>(`button[value="${focused.value}"]`)?.focus();
    }
    if (!this.current) this.focusOn();
  }

  private paint(trouble: Trouble): void {
    const marks = this.marks();
    for (const form of this.forms()) {
      const mark = marks.get(form.dataset.rollPerson!) ?? "";
      form.classList.toggle("is-waiting", mark !== form.dataset.stored);
      for (const button of form.querySelectorAll("button"))
        button.setAttribute("aria-pressed", String(button.value === mark));
    }
    this.light();
    show("[data-roll-stored]", trouble === "none");
    show("[data-roll-offline]", trouble === "offline");
    show("[data-roll-signed-out]", trouble === "signed-out");
    const waiting = document.querySelector("[data-roll-waiting]");
    if (waiting) waiting.textContent = String(this.queue.waiting.length);
  }
}

function tapOf(form: HTMLFormElement, fields: Record<string, string>, people: Record<string, string>): Tap {
  return { url: form.getAttribute("action") ?? "", body: new URLSearchParams(fields).toString(), people };
}

function show(selector: string, isShown: boolean): void {
  const found = document.querySelector<HTMLElement>(selector);
  if (found) found.hidden = !isShown;
}

const root = document.querySelector<HTMLElement>("[data-roll]");
if (root) new Roll(root);
