import type { Clock } from "../../base/clock.ts";
import { once } from "../../base/once.ts";
import type { RuleTable } from "../../state/index.ts";
import { type Addresses, openAddresses } from "./addresses.ts";
import type { ToldEntry } from "./entry-file.ts";
import { type FetchList, fetchList, listBytesMax } from "./fetch-list.ts";
import { ListJudge, listsWith } from "./judge-arrivals.ts";
import { invalid, listOf, textOf, unknown } from "./list-ask.ts";
import { type HeldList, type KeptList, ListBook } from "./list-book.ts";
import { ListPace } from "./list-pace.ts";
import { entriesMax, readEntries } from "./read-entries.ts";
import { sortInTurns } from "./sort-in-turns.ts";
import type { AddressFiles } from "./own-tables.ts";
import type { AddressFacts, ThreatListView } from "./threat-list.ts";
import type { ThreatListAsk, Threats } from "./threats.ts";

export interface ThreatsOptions {
  readonly table: Pick<RuleTable, "items" | "putItem" | "removeItem">;
  /** Where entries are kept. */
  readonly directory: string;
  readonly clock: Clock;
  /** Told of failures that are our own fault. */
  readonly onFailure?: (error: unknown) => void;
  readonly fetch?: FetchList;
  /** Files of the house's own that tell where addresses are. */
  readonly addressFiles?: AddressFiles | undefined;
}

const listsMax = 100;

/** Opens the lists of a house; they are fetched by themselves once it was started. */
export async function openThreats(options: ThreatsOptions): Promise<Threats> {
  return new OpenThreats(options, await ListBook.open(options.table, options.directory));
}

class OpenThreats implements Threats {
  readonly judge: ListJudge;
  readonly #clock: Clock;
  readonly #fetch: FetchList;
  readonly #book: ListBook;
  readonly #pace: ListPace;
  readonly #addressFiles: AddressFiles;
  readonly #addresses: () => Promise<Addresses>;
  readonly #closing = new AbortController();
  /** Changes come one after another. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    { clock, fetch = fetchList, onFailure = () => undefined, addressFiles = {} }: ThreatsOptions,
    book: ListBook,
  ) {
    this.#clock = clock;
    this.#addressFiles = addressFiles;
    this.#addresses = once(() => openAddresses(addressFiles));
    this.#fetch = fetch;
    this.#book = book;
    this.judge = new ListJudge(
      () => book.all(),
      () => clock.now(),
    );
    this.#pace = new ListPace({
      clock,
      lists: () => book.all().map(({ kept }) => kept),
      refresh: async (name, signal) => void (await this.refresh(name, signal)),
      onFailure,
    });
  }

  async list(): Promise<readonly ThreatListView[]> {
    return this.#book.all().map(viewOf);
  }

  async put(ask: ThreatListAsk, signal?: AbortSignal): Promise<ThreatListView> {
    const list = listOf(ask, this.#clock.now());
    return this.#oneByOne(async () => {
      const before = this.#book.get(list.name)?.kept;
      if (before === undefined && this.#book.all().length >= listsMax) {
        throw invalid(`There are ${listsMax} lists at most`);
      }
      const stays = before !== undefined && before.kind === list.kind && before.url === list.url;
      const empty = { file: "", etag: "", refusedCount: 0, refused: [] };
      const { problem: _, ...was } = stays ? before : { ...empty, problem: undefined };
      const kept: KeptList = { ...was, ...list };
      const text = await textOf(ask);
      const next =
        text === undefined ? await this.#fetched({ ...kept, etag: "" }, signal) : await this.#told(kept, text);
      const view = viewOf(await this.#book.put(next));
      this.#pace.look();
      return view;
    });
  }

  async remove(name: string): Promise<void> {
    await this.#oneByOne(async () => {
      if (this.#book.get(name) === undefined) throw unknown(name);
      await this.#book.remove(name);
    });
  }

  async refresh(name: string, signal?: AbortSignal): Promise<ThreatListView> {
    return this.#oneByOne(async () => {
      const kept = this.#book.get(name)?.kept;
      if (kept === undefined) throw unknown(name);
      if (kept.url === "") throw invalid(`${name} comes from no URL: put its entries again`);
      return viewOf(await this.#book.put(await this.#fetched(kept, signal)));
    });
  }

  async addressFacts(address: string): Promise<AddressFacts> {
    const facts = (await this.#addresses()).factsOf(address);
    return { ...facts, lists: listsWith(this.#book.all(), "addresses", facts.address, this.#clock.now()) };
  }

  async start(): Promise<void> {
    // A file that is none is told to who names it, not to who asks of an address later.
    if (this.#addressFiles.country !== undefined || this.#addressFiles.network !== undefined) await this.#addresses();
    this.#pace.start();
  }

  async stop(): Promise<void> {
    await this.#pace.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new DOMException("Stopped", "AbortError"));
    await this.stop();
    await this.#last;
  }

  async #oneByOne<Result>(change: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(change);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** A list with what its URL gives now, or as it was, with what went wrong. */
  async #fetched(kept: KeptList, signal?: AbortSignal): Promise<KeptList> {
    const triedAt = this.#clock.now();
    const { problem: _, ...rest } = kept;
    const stop = signal === undefined ? this.#closing.signal : AbortSignal.any([signal, this.#closing.signal]);
    try {
      // entries that expire are to be told again, so an answer that nothing changed will not do
      const fetched = await this.#fetch(kept.url, { etag: kept.expireMs === 0 ? kept.etag : "", signal: stop });
      if (fetched.kind === "same") return { ...rest, triedAt, fetchedAt: triedAt };
      return { ...(await this.#told({ ...rest, etag: fetched.etag }, fetched.text)), triedAt, fetchedAt: triedAt };
    } catch (error) {
      stop.throwIfAborted();
      return { ...kept, triedAt, problem: messageOf(error) };
    }
  }

  /** A list with the entries of a text, and those told before that still count. */
  async #told(kept: KeptList, text: string): Promise<KeptList> {
    if (text.length > listBytesMax) throw invalid(`A list has ${listBytesMax / 1024 / 1024} MB at most`);
    const column = kept.column === "" ? undefined : kept.column;
    const { entries, refused, refusedCount } = await readEntries(text, { kind: kept.kind, column });
    if (entries.size === 0) {
      const why = refused[0] === undefined ? "it is empty" : `line ${refused[0].line}: ${refused[0].reason}`;
      throw invalid(`Nothing in it is an entry of a list of ${kept.kind}; ${why}`);
    }
    const now = Math.trunc(this.#clock.now() / 1000);
    const before = kept.expireMs > 0 && kept.file !== "" ? await this.#toldBefore(kept, entries) : [];
    const all = Array.from(entries, (entry): ToldEntry => [entry, now]).concat(before);
    return {
      ...kept,
      file: await this.#book.files.write(kept.kind === "addresses" ? all : await inOrder(all)),
      refused,
      refusedCount,
    };
  }

  async #toldBefore({ file, expireMs }: KeptList, entries: ReadonlySet<string>): Promise<ToldEntry[]> {
    const since = (this.#clock.now() - expireMs) / 1000;
    const before: ToldEntry[] = [];
    for await (const piece of this.#book.files.read(file)) {
      for (const told of piece) if (told[1] > since && !entries.has(told[0])) before.push(told);
    }
    return before.slice(0, entriesMax - entries.size);
  }
}

/** Texts are kept in their order, so that they need not be put in order each time that they are read. */
function inOrder(entries: readonly ToldEntry[]): Promise<readonly ToldEntry[]> {
  return sortInTurns(entries, ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function viewOf({ kept, entries }: HeldList): ThreatListView {
  const { file: _, etag: __, triedAt: ___, problem, fetchedAt, ...list } = kept;
  return { ...list, entries: entries.size, fetchedAt, problem };
}

const messageCharactersMax = 300;

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : "It could not be fetched").slice(0, messageCharactersMax);
}
