/** What this phone keeps, by member: the key, the opened page, how far it was read, and a signature that is not sent yet. */

export interface Point {
  number: number;
  text: string;
  norm: string;
}

export interface Question {
  id: string;
  point: number;
  stem: string;
  options: [string, string][];
  answer: string;
  explanation: string;
}

export interface Page {
  nonce: string;
  expires_at: string;
  signer: string;
  position: string;
  version: string;
  document: string;
  holder: string;
  post: string;
  place: string;
  label: string;
  is_sample: boolean;
  is_confirmed: boolean;
  is_sworn: boolean;
  opening: string[];
  points: Point[];
  closing: string[];
  questions: Question[];
  changed: number[] | null;
  zone: string;
  zone_name: string;
  office: string;
  office_phone: string;
}

export interface Receipt {
  code: string;
  signed_at: string;
  signed_words: string;
  claimed_words: string;
  level: string;
  leaf: number | null;
  holder: string;
  body: string;
  label: string;
  is_sample: boolean;
  qr: string;
  address: string;
}

export interface Draft {
  signer: string;
  page: Page;
  read: number;
  answered: number;
  questionsSent: boolean;
  keyKnown: boolean;
  statement?: string;
  signature?: string;
  signedAt?: string;
  receipt?: Receipt;
  touched: number;
}

const DRAFTS = "drafts";
const KEYS = "keys";

export class Store {
  private constructor(private readonly database: IDBDatabase) {}

  static async open(): Promise<Store> {
    const asked = indexedDB.open("ikrar-pakta", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(DRAFTS, { keyPath: "signer" });
      asked.result.createObjectStore(KEYS);
    };
    return new Store(await settled(asked));
  }

  /** The draft of this member; without a name the one that was touched last. */
  async load(signer?: string): Promise<Draft | undefined> {
    if (signer) return settled(this.on(DRAFTS, "readonly").get(signer)) as Promise<Draft | undefined>;
    const all = (await settled(this.on(DRAFTS, "readonly").getAll())) as Draft[];
    return all.sort((one, other) => other.touched - one.touched)[0];
  }

  /** Keep the draft; resolved once the disk has it. */
  async save(draft: Draft): Promise<void> {
    draft.touched = Date.now();
    await this.write(DRAFTS, (store) => store.put(draft));
  }

  async drop(signer: string): Promise<void> {
    await this.write(DRAFTS, (store) => store.delete(signer));
  }

  /** Forget other members' reading; a signature of theirs that waits to be sent stays. */
  async forgetOthers(signer: string): Promise<void> {
    const all = (await settled(this.on(DRAFTS, "readonly").getAll())) as Draft[];
    for (const each of all) if (each.signer !== signer && !each.statement) await this.drop(each.signer);
  }

  async loadKey(signer: string): Promise<CryptoKeyPair | undefined> {
    return settled(this.on(KEYS, "readonly").get(signer)) as Promise<CryptoKeyPair | undefined>;
  }

  async saveKey(signer: string, pair: CryptoKeyPair): Promise<void> {
    await this.write(KEYS, (store) => store.put(pair, signer));
  }

  private on(name: string, mode: IDBTransactionMode): IDBObjectStore {
    return this.database.transaction(name, mode).objectStore(name);
  }

  private async write(name: string, change: (store: IDBObjectStore) => void): Promise<void> {
    const options = { durability: "strict" } as IDBTransactionOptions;
    const transaction = this.database.transaction(name, "readwrite", options);
    change(transaction.objectStore(name));
    await new Promise<void>((done, refuse) => {
      transaction.oncomplete = () => done();
      transaction.onerror = transaction.onabort = () => refuse(transaction.error ?? new Error("storage"));
    });
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, refuse) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => refuse(request.error ?? new Error("storage"));
  });
}
