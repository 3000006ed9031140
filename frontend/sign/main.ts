/** The signing page: read point by point, three questions, statement and PIN, receipt. A lost network loses nothing. */
import { Offline, Refused } from "./api";
import { Decline } from "./decline";
import { Questions } from "./questions";
import { Reading } from "./reading";
import { ReceiptScreen } from "./receipt";
import { Signing } from "./signing";
import { show } from "./screens";
import { readSettings, Session } from "./session";
import { type Page, type Receipt, Store } from "./store";

type Acts = Record<string, (element: HTMLElement) => unknown>;

class App {
  private readonly reading: Reading;
  private readonly questions: Questions;
  private readonly signing: Signing;
  private readonly receipt: ReceiptScreen;
  private readonly decline: Decline;
  private acts: Acts = {};

  constructor(private readonly session: Session) {
    this.reading = new Reading(session, () => this.go(this.questions), () => this.go(this.decline));
    this.questions = new Questions(session, () => this.go(this.signing), () => this.go(this.reading));
    this.signing = new Signing(session, {
      back: () => this.go(this.questions),
      done: () => this.go(this.receipt),
      signedOut: () => this.end("signed-out"),
      again: (message) => this.refused(message),
    });
    this.receipt = new ReceiptScreen(session);
    this.decline = new Decline(session, () => this.go(this.reading), () => this.end("signed-out"));
    this.listen();
  }

  async start(): Promise<void> {
    const { settings, store } = this.session;
    const draft = await store.load(settings.signer);
    this.session.draft = draft;
    if (settings.isSigned) return this.openReceipt();
    if (draft?.receipt && !settings.signer) return this.go(this.receipt);
    if (draft?.statement) return this.go(this.signing);
    const isFresh = draft && new Date(draft.page.expires_at) > new Date();
    const fits = draft && (!settings.version || draft.page.version === settings.version);
    if (draft && isFresh && fits) return this.resume();
    return this.open(() => this.end("empty"));
  }

  /** Where the member stopped. */
  private resume(): void {
    const draft = this.session.draft!;
    if (draft.read < draft.page.points.length) this.go(this.reading);
    else if (draft.answered < draft.page.questions.length) this.go(this.questions);
    else this.go(this.signing);
  }

  /** Ask the server for a page to sign on, and make the key while the network is there. What was kept before is
   * replaced only by an opened page; how far one has read in the same version stays. */
  private async open(offline: () => void): Promise<void> {
    const before = this.session.draft;
    try {
      const page = await this.session.api.post<Page>("/openings");
      const isSame = before?.signer === page.signer && before.page.version === page.version;
      const { read, answered } = isSame ? before : { read: 0, answered: 0 };
      const draft = { signer: page.signer, page, read, answered, questionsSent: false, keyKnown: false, touched: 0 };
      await this.session.store.save(draft);
      this.session.draft = draft;
      await this.session.store.forgetOthers(page.signer);
      this.resume();
      await this.signing.makeKeyKnown().catch(() => undefined);
    } catch (error) {
      if (error instanceof Offline) {
        this.session.noteNetwork(false);
        offline();
      } else if (error instanceof Refused && error.status === 401) this.end("signed-out");
      else if (error instanceof Refused && error.code === "pact.signed_before") await this.openReceipt();
      else if (error instanceof Refused) this.refused(error.message);
      else throw error;
    }
  }

  private async openReceipt(): Promise<void> {
    try {
      const receipt = await this.session.api.get<Receipt>("/signatures/current");
      this.receipt.given = receipt;
      if (this.session.draft) await this.session.keep({ receipt, statement: undefined, signature: undefined });
      this.go(this.receipt);
    } catch (error) {
      if (error instanceof Refused && error.status === 401) this.end("signed-out");
      else if (this.session.draft?.receipt) this.go(this.receipt);
      else this.end("empty");
    }
  }

  private go(screen: { acts: Acts; show(): void }): void {
    this.acts = screen.acts;
    screen.show();
    window.scrollTo(0, 0);
  }

  private end(name: string): void {
    this.acts = { connect: () => location.reload() };
    this.session.strip("none");
    show(name, {});
  }

  private refused(message: string): void {
    this.acts = { start_again: () => this.startAgain() };
    this.session.strip("none");
    show("refused", { message });
  }

  /** A new page instead of one that does not count any more; without a network what was signed stays as it was. */
  private startAgain(): Promise<void> {
    const draft = this.session.draft;
    if (!draft) return this.open(() => this.end("empty"));
    return this.open(() => (draft.statement ? this.go(this.signing) : this.resume()));
  }

  private listen(): void {
    const run = (event: Event, mark: string): void => {
      const element = (event.target as Element).closest<HTMLElement>(`[${mark}]`);
      const act = element && this.acts[element.getAttribute(mark) ?? ""];
      if (!element || !act) return;
      if (event.type !== "change") event.preventDefault();
      act(element);
    };
    document.addEventListener("click", (event) => run(event, "data-act"));
    document.addEventListener("change", (event) => run(event, "data-act-change"));
    document.addEventListener("submit", (event) => run(event, "data-submit"));
    document.addEventListener("ik-pin-full", () => this.acts.pin?.(document.body));
    for (const kind of ["online", "offline"]) {
      window.addEventListener(kind, () => {
        this.session.noteNetwork(kind === "online");
        this.acts.network?.(document.body);
      });
    }
  }
}

async function begin(): Promise<void> {
  const element = document.querySelector<HTMLElement>("#ik-sign");
  if (!element) return;
  if (!window.isSecureContext || !crypto.subtle || !window.indexedDB) return show("insecure", {});
  let store: Store;
  try {
    store = await Store.open();
  } catch {
    return show("insecure", {});
  }
  const settings = readSettings(element);
  void navigator.storage?.persist?.();
  if (settings.worker) void navigator.serviceWorker?.register(settings.worker).catch(() => undefined);
  await new App(new Session(settings, store, element.dataset.api ?? "")).start();
}

void begin();
