import { mkdir, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Search } from "../../src/search/index.ts";
import { EventStore } from "../../src/store/index.ts";
import type { Corpus } from "../corpus.ts";
import { makeQuestions } from "../questions.ts";
import type { Questions } from "../questions/choose.ts";
import { importOnce } from "./imports.ts";

export interface StageOptions {
  readonly corpus: Corpus;
  readonly seed: string;
  /** Where data folders are made and removed. */
  readonly workDirectory: string;
  /** Repetitions of what takes long: imports, starts. */
  readonly repetitions: number;
  /** Search the store that an earlier run left, if there is one. */
  readonly reuse: boolean;
  readonly talk: (line: string) => void;
}

/** What the figures of one run share: the corpus, the questions, the imported store, and results that two of them use. */
export class Stage {
  readonly corpus: Corpus;
  readonly seed: string;
  readonly workDirectory: string;
  readonly repetitions: number;
  readonly talk: (line: string) => void;
  readonly #reuse: boolean;
  readonly #results = new Map<string, Promise<unknown>>();

  constructor(options: StageOptions) {
    this.corpus = options.corpus;
    this.seed = options.seed;
    this.workDirectory = options.workDirectory;
    this.repetitions = options.repetitions;
    this.talk = options.talk;
    this.#reuse = options.reuse;
  }

  /** Where the imported store is or will be. */
  get storeDirectory(): string {
    return join(this.workDirectory, "store");
  }

  /** Does something at the first call only; `key` names it. */
  async once<Result>(key: string, make: () => Promise<Result>): Promise<Result> {
    const known = this.#results.get(key) as Promise<Result> | undefined;
    if (known) return known;
    const making = make();
    this.#results.set(key, making);
    return making;
  }

  async questions(): Promise<Questions> {
    return this.once("questions", async () => {
      this.talk("counting the true answers to the questions");
      return makeQuestions(this.corpus, this.seed);
    });
  }

  /** An empty data folder; what was there is gone. */
  async freshDirectory(name: string): Promise<string> {
    const directory = join(this.workDirectory, name);
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
    return directory;
  }

  /** The data folder with the whole corpus in it, imported if no figure has done so yet. */
  async importedStore(): Promise<string> {
    const directory = this.storeDirectory;
    if (existsSync(this.#doneMark)) {
      if (this.#reuse || this.#results.has("imports") || this.#results.has("store")) return directory;
    }
    await this.once("store", async () => {
      this.talk("importing the corpus for the searches");
      await this.freshDirectory("store");
      await importOnce(directory, this.corpus);
      await this.markImported();
    });
    return directory;
  }

  async markImported(): Promise<void> {
    await mkdir(this.#doneMark, { recursive: true });
  }

  /** Opens the imported store as the server does; the engine is a process of its own. */
  async openStore(): Promise<OpenStore> {
    const directory = await this.importedStore();
    const store = await EventStore.open({ directory, now: Date.now });
    return {
      store,
      search: new Search(store, Date.now),
      [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    };
  }

  async discardStore(): Promise<void> {
    this.#results.delete("store");
    await rm(this.#doneMark, { recursive: true, force: true });
    await rm(this.storeDirectory, { recursive: true, force: true });
  }

  /** Beside the store, because the store's own folder is the store's. */
  get #doneMark(): string {
    return `${this.storeDirectory}.imported`;
  }
}

export interface OpenStore extends AsyncDisposable {
  readonly store: EventStore;
  readonly search: Search;
}
