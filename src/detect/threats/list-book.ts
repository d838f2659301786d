import { z } from "zod";
import type { RuleTable } from "../../state/index.ts";
import { levels } from "../sigma/document.ts";
import { EntryFiles } from "./entry-file.ts";
import { holdEntries, type KnownEntries } from "./known-entries.ts";
import type { ThreatList } from "./threat-list.ts";

/** What of rules is kept in the state is asked for by this kind. */
const itemKind = "threat-list";

const keptSchema = z.object({
  name: z.string(),
  kind: z.enum(["addresses", "domains", "keys"]),
  url: z.string(),
  column: z.string(),
  everyMs: z.number(),
  expireMs: z.number(),
  level: z.enum(levels),
  outcome: z.enum(["observation", "incident", "notification"]),
  license: z.string(),
  changedAt: z.number(),
  file: z.string(),
  etag: z.string(),
  fetchedAt: z.number().optional(),
  triedAt: z.number().optional(),
  problem: z.string().optional(),
  refusedCount: z.number(),
  refused: z.array(z.object({ line: z.number(), reason: z.string() })).readonly(),
});

/** A list, and what became of the last times that it was read. */
export type KeptList = ThreatList & z.infer<typeof keptSchema>;

/** A list with its entries in memory. */
export interface HeldList {
  readonly kept: KeptList;
  readonly entries: KnownEntries;
}

/** All lists: what is known of them in the state, their entries in files, and both in memory. */
export class ListBook {
  readonly #table: Pick<RuleTable, "items" | "putItem" | "removeItem">;
  readonly files: EntryFiles;
  readonly #held = new Map<string, HeldList>();

  private constructor(table: Pick<RuleTable, "items" | "putItem" | "removeItem">, files: EntryFiles) {
    this.#table = table;
    this.files = files;
  }

  static async open(table: Pick<RuleTable, "items" | "putItem" | "removeItem">, directory: string): Promise<ListBook> {
    const book = new ListBook(table, new EntryFiles(directory));
    for (const { content } of await table.items(itemKind)) {
      const kept = keptSchema.safeParse(content).data;
      if (kept !== undefined) book.#held.set(kept.name, await book.#hold(kept));
    }
    await book.#tidy();
    return book;
  }

  get(name: string): HeldList | undefined {
    return this.#held.get(name);
  }

  all(): readonly HeldList[] {
    return [...this.#held.values()].toSorted((a, b) => (a.kept.name < b.kept.name ? -1 : 1));
  }

  /** Keeps a list; its file is there already. */
  async put(kept: KeptList): Promise<HeldList> {
    const before = this.#held.get(kept.name);
    const isSame = before?.kept.file === kept.file && before.kept.kind === kept.kind;
    const held = isSame ? { kept, entries: before.entries } : await this.#hold(kept);
    await this.#table.putItem({ kind: itemKind, name: kept.name, changedAt: kept.changedAt, content: kept });
    this.#held.set(kept.name, held);
    if (!isSame) await this.#tidy();
    return held;
  }

  async remove(name: string): Promise<void> {
    await this.#table.removeItem(itemKind, name);
    this.#held.delete(name);
    await this.#tidy();
  }

  async #hold(kept: KeptList): Promise<HeldList> {
    try {
      return { kept, entries: await holdEntries(kept.kind, this.files.read(kept.file)) };
    } catch {
      const problem = "The file with its entries cannot be read: put the list again, or refresh it";
      return { kept: { ...kept, problem, file: "", etag: "" }, entries: { size: 0, find: () => undefined } };
    }
  }

  async #tidy(): Promise<void> {
    await this.files.keepOnly(new Set(this.all().map(({ kept }) => kept.file)));
  }
}
