/** Screen 3: the receipt. It asks the server until the log has the entry; a picture of it can be kept. */
import { download, drawReceipt } from "./picture";
import { fill, show, word } from "./screens";
import type { Session } from "./session";
import type { Receipt } from "./store";

const SOON = 2000;
const LATER = 10000;
const EAGER = 15;

export class ReceiptScreen {
  given?: Receipt;
  private asked = 0;
  readonly acts = {
    keep: () => this.keepPicture(),
    share: () => this.share(),
  };

  constructor(private readonly session: Session) {}

  private get receipt(): Receipt {
    return (this.given ?? this.session.draft?.receipt)!;
  }

  show(): void {
    const { receipt } = this;
    this.session.strip("none");
    const groups = (receipt.code.match(/.{1,4}/g) ?? []).map((text) => ({ text }));
    const isLogged = receipt.leaf !== null;
    show("receipt", { ...receipt, groups, is_logged: isLogged, is_device: receipt.level === "B" });
    if (!isLogged) setTimeout(() => this.ask(), this.asked++ < EAGER ? SOON : LATER);
  }

  private async ask(): Promise<void> {
    try {
      const receipt = await this.session.api.get<Receipt>("/signatures/current");
      this.given = receipt;
      if (this.session.draft) await this.session.keep({ receipt });
      if (receipt.leaf !== null) return this.show();
    } catch {
      // Without a network the page goes on asking; what is certain is on it already.
    }
    setTimeout(() => this.ask(), this.asked++ < EAGER ? SOON : LATER);
  }

  private async keepPicture(): Promise<void> {
    download(await drawReceipt(this.receipt, this.session.settings.isDemo), `tanda-bukti-${this.receipt.code}.png`);
  }

  private async share(): Promise<void> {
    const url = `${location.origin}/v/${this.receipt.code}`;
    const text = fill(word("share"), { url });
    const picture = await drawReceipt(this.receipt, this.session.settings.isDemo);
    const files = [new File([picture], `tanda-bukti-${this.receipt.code}.png`, { type: "image/png" })];
    try {
      if (navigator.canShare?.({ files })) await navigator.share({ files, text });
      else if (navigator.share) await navigator.share({ text, url });
      else window.open(`https://wa.me/?text=${encodeURIComponent(text)}`, "_blank", "noopener");
    } catch {
      // The member closed the phone's own sheet.
    }
  }
}
