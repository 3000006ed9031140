/** Screen 2: statement and PIN. Without a network the signature is made and stored; the PIN is asked when it is sent. */
import { enhancePins } from "../behaviour/digits";
import { Offline, Refused } from "./api";
import { base64, fingerprint, makeKey, publicBytes, sign } from "./keys";
import { show, word } from "./screens";
import type { Session } from "./session";
import { buildStatement, clientTime, parseStatement } from "./statement";
import type { Receipt } from "./store";
import { moment } from "./words";

/** The server does not take this phone's key (any more): it is told again, or a new one is made. */
const KEY_REFUSALS = ["pact.key_revoked", "pact.key_unknown"];

interface Ways {
  back: () => void;
  done: () => void;
  signedOut: () => void;
  again: (message: string) => void;
}

export class Signing {
  private error = "";
  private isForgotten = false;
  private isBusy = false;
  private stays = false;
  readonly acts = {
    pin: () => this.typed(),
    sign_offline: () => this.signOffline(),
    connect: () => this.connect(),
    forgot: () => this.forgot(),
    back: () => this.ways.back(),
    network: () => this.isBusy || this.show(),
  };

  constructor(
    private readonly session: Session,
    private readonly ways: Ways,
  ) {}

  show(): void {
    const { page, statement, signedAt } = this.session.draft!;
    if (!page.is_sworn && !statement) return show("await-oath", {});
    this.session.strip("signing");
    const { language } = this.session.settings;
    const shared = {
      holder: page.holder,
      post: page.post,
      label: page.label,
      total: page.points.length,
      questions: page.questions.length,
      error: this.error,
      sentence: word("sentence"),
    };
    if (statement && (!this.session.isOnline || this.stays)) {
      const at = moment(new Date(signedAt!), page.zone, page.zone_name, language);
      return show("stored", { ...shared, moment: at });
    }
    show("sign", { ...shared, online: this.session.isOnline, forgot: this.isForgotten, office: page.office, phone: page.office_phone });
    enhancePins();
  }

  /** Make this phone's key and tell the server its public half; once. One that a new link has revoked is replaced. */
  async makeKeyKnown(): Promise<void> {
    if (this.session.draft!.keyKnown || !this.session.isOnline) return;
    try {
      await this.tellKey(await this.ownKey());
    } catch (error) {
      if (!(error instanceof Refused && error.code === "access.revoked")) throw error;
      await this.tellKey(await this.renewKey());
    }
    await this.session.keep({ keyKnown: true });
  }

  private async tellKey(pair: CryptoKeyPair): Promise<void> {
    await this.session.api.post("/keys", { spki: base64(await publicBytes(pair)) });
  }

  private async ownKey(): Promise<CryptoKeyPair> {
    const { signer } = this.session.draft!;
    return (await this.session.store.loadKey(signer)) ?? this.newKey(signer);
  }

  private async newKey(signer: string): Promise<CryptoKeyPair> {
    const pair = await makeKey();
    await this.session.store.saveKey(signer, pair);
    return pair;
  }

  /** A statement that the old key signed can never count: it goes first, so that no key is kept beside it. */
  private async renewKey(): Promise<CryptoKeyPair> {
    const draft = await this.session.keep({ statement: undefined, signature: undefined, signedAt: undefined });
    return this.newKey(draft.signer);
  }

  /** The statement, signed and stored; one that waits is not made anew. */
  private async signHere(): Promise<void> {
    if (this.session.draft!.statement) return;
    const { page } = this.session.draft!;
    const pair = await this.ownKey();
    const now = new Date();
    const statement = buildStatement({
      document: page.document,
      version: page.version,
      signer: page.signer,
      position: page.position,
      event: "-",
      key: await fingerprint(pair),
      client_time: clientTime(now),
      nonce: page.nonce,
    });
    await this.session.keep({ statement, signature: await sign(pair, statement), signedAt: now.toISOString() });
  }

  private async signOffline(): Promise<void> {
    await this.signHere();
    this.show();
    window.scrollTo(0, 0);
  }

  private async typed(): Promise<void> {
    const pin = document.querySelector<HTMLInputElement>("#pin-field")?.value ?? "";
    if (this.isBusy || !/^[0-9]{6}$/.test(pin)) return;
    this.isBusy = true;
    this.error = "";
    try {
      await this.signHere();
      show("sending", {});
      await this.send(pin);
    } finally {
      this.isBusy = false;
    }
  }

  private async send(pin: string): Promise<void> {
    try {
      const receipt = await this.deliver(pin).catch((error: unknown) => this.deliverAnew(pin, error));
      await this.session.keep({ receipt, statement: undefined, signature: undefined });
      this.session.strip("none");
      this.ways.done();
    } catch (error) {
      await this.failed(error);
    }
  }

  private async deliver(pin: string): Promise<Receipt> {
    const draft = this.session.draft!;
    await this.makeKeyKnown();
    await this.signHere();
    parseStatement(draft.statement!);
    if (!draft.questionsSent) {
      await this.session.api.post(`/openings/${draft.page.nonce}/questions`);
      await this.session.keep({ questionsSent: true });
    }
    return this.session.api.post<Receipt>("/signatures", { statement: draft.statement, signature: draft.signature, pin });
  }

  /** Once more, where only the key was refused. */
  private async deliverAnew(pin: string, error: unknown): Promise<Receipt> {
    if (!(error instanceof Refused && KEY_REFUSALS.includes(error.code))) throw error;
    await this.session.keep({ keyKnown: false });
    return this.deliver(pin);
  }

  /** What was signed stays stored unless the server said that it can never count. */
  private async failed(error: unknown): Promise<void> {
    if (error instanceof Offline) {
      this.session.noteNetwork(false);
      this.show();
    } else if (error instanceof Refused && error.status === 401) this.ways.signedOut();
    else if (error instanceof Refused && error.status === 403) {
      this.error = error.message;
      this.show();
      // The keypad fills a small screen; what went wrong stands above it.
      document.querySelector(".ik-error")?.scrollIntoView({ block: "center" });
    } else if (error instanceof Refused && error.code === "pact.signed_before") location.reload();
    else if (error instanceof Refused && error.code === "pact.not_sworn") {
      this.error = error.message;
      this.stays = true;
      this.show();
    } else if (error instanceof Refused) this.ways.again(error.message);
    else throw error;
  }

  private async connect(): Promise<void> {
    const reached = await this.session.api.reaches();
    this.session.noteNetwork(reached);
    this.stays = false;
    this.error = reached ? "" : word("no_signal");
    this.show();
  }

  private forgot(): void {
    this.isForgotten = true;
    this.show();
  }
}
