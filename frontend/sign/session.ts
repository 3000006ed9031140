/** What every screen works with: the page's settings, the store, the server, and the draft in hand. */
import { Api } from "./api";
import type { Draft, Store } from "./store";
import { showStrip } from "./screens";
import { clock } from "./words";

export interface Settings {
  signer?: string;
  version?: string;
  isSigned: boolean;
  isDemo: boolean;
  language: string;
  home: string;
  link: string;
  worker: string;
}

export class Session {
  draft?: Draft;
  readonly api: Api;
  private offlineSince?: Date;

  constructor(
    readonly settings: Settings,
    readonly store: Store,
    base: string,
  ) {
    this.api = new Api(base, settings.language);
    this.offlineSince = navigator.onLine ? undefined : new Date();
  }

  get isOnline(): boolean {
    return this.offlineSince === undefined;
  }

  /** Note what a request or the phone itself has shown about the network. */
  noteNetwork(isOnline: boolean): void {
    if (isOnline) this.offlineSince = undefined;
    else this.offlineSince ??= new Date();
  }

  async keep(change: Partial<Draft>): Promise<Draft> {
    if (!this.draft) throw new Error("draft");
    Object.assign(this.draft, change);
    await this.store.save(this.draft);
    return this.draft;
  }

  /** Whether the network is there, in words; reading says what is safe, signing since when. */
  strip(place: "reading" | "signing" | "none"): void {
    const page = this.draft?.page;
    if (place === "none") document.querySelector("[data-strip]")?.replaceChildren();
    else if (!this.offlineSince) place === "signing" ? showStrip("online", {}) : this.strip("none");
    else if (place === "reading" || !page) showStrip("offline-reading", {});
    else {
      const time = clock(this.offlineSince, page.zone, page.zone_name, this.settings.language);
      showStrip("offline-signing", { time });
    }
  }
}

export function readSettings(element: HTMLElement): Settings {
  const given = element.dataset;
  return {
    signer: given.signer,
    version: given.version,
    isSigned: given.signed === "1",
    isDemo: given.demo === "1",
    language: given.lang ?? "id",
    home: given.home ?? "/",
    link: given.link ?? "/m/",
    worker: given.worker ?? "",
  };
}
