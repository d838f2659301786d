import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { forEachAtOnce } from "../../../base/for-each-at-once.ts";
import { parseObjectKey } from "../../../cloudtrail/index.ts";
import { heldBytesMax } from "../../fetch/fetch-object.ts";
import { nextTryAfterMs } from "../../fetch/patience.ts";
import { inDeliveryOrder, walkFiles, type FoundFile } from "../../find-files.ts";
import { diagnose } from "../diagnose.ts";
import type { SourceContext } from "../source.ts";
import { openStill, readStill } from "./open-still.ts";
import { ReadFiles } from "./read-files.ts";

/** What a larger file takes on its way: it is read where it lies. */
const lentBytes = 256 * 1024;
/** Unread files that are remembered from one look to the next; more are met again by later looks. */
const waitingMax = 200_000;
const readsAtOnce = 512;

/** A file that is there and not read. */
interface Waiting {
  readonly version: string;
  readonly tries: number;
  readonly nextTryAt: number;
}

export interface FolderLook {
  /** When something that was met is to be read; nothing when all is. */
  readonly nextAt: number | undefined;
  /** Folders that files were read from. */
  readonly lively: ReadonlySet<string>;
}

/** Looks a folder through, again and again, and reads what is new or has changed, once it stands still. */
export class FolderReading {
  readonly #root: string;
  readonly #stillMs: number;
  readonly #context: SourceContext;
  #read: ReadFiles | undefined;
  #waiting = new Map<string, Waiting>();
  /** Of what is no file to be read, what was counted. */
  readonly #odd = new Set<string>();

  constructor(context: SourceContext, options: { readonly root: string; readonly stillMs: number }) {
    this.#context = context;
    this.#root = options.root;
    this.#stillMs = options.stillMs;
  }

  /** One look, and the reading of what it found. Rejects only when it is aborted or when our own program fails. */
  async look(): Promise<FolderLook> {
    const { report, signal, memory } = this.#context;
    try {
      await stat(this.#root);
      this.#read ??= await ReadFiles.open(memory, this.#root, signal);
    } catch (error) {
      signal.throwIfAborted();
      report.trouble(diagnose(error, { what: `the folder ${this.#root}` }));
      return { nextAt: undefined, lively: new Set() };
    }
    const still = await this.#findStill(this.#read);
    report.looked();
    await this.#readAll(inDeliveryOrder(still), this.#read);
    await this.#read.keep();
    let nextAt: number | undefined;
    for (const { nextTryAt } of this.#waiting.values()) nextAt = Math.min(nextAt ?? nextTryAt, nextTryAt);
    return { nextAt, lively: new Set(still.map(({ path }) => dirname(path))) };
  }

  /** Files that are as they were at a look before, or that are to be tried again. */
  async #findStill(read: ReadFiles): Promise<FoundFile[]> {
    const { clock, signal } = this.#context;
    const still: FoundFile[] = [];
    const waiting = new Map<string, Waiting>();
    const now = clock.now();
    let unreadable: string | undefined;
    read.beginLook();
    for await (const one of walkFiles(this.#root)) {
      signal.throwIfAborted();
      if ("reason" in one) {
        if (one.reason.startsWith("Cannot be read")) unreadable ??= `${one.path}: ${one.reason}`;
        else this.#countOdd(one.path, one.reason);
      } else if (!read.meet(one) && waiting.size < waitingMax) {
        const known = this.#waiting.get(one.path);
        const isSame = known?.version === one.version;
        const next = isSame ? known : { version: one.version, tries: 0, nextTryAt: now + this.#stillMs };
        waiting.set(one.path, next);
        if (isSame && next.nextTryAt <= now) still.push(one);
      }
    }
    this.#waiting = waiting;
    this.#hint(unreadable);
    return still;
  }

  async #readAll(files: readonly FoundFile[], read: ReadFiles): Promise<void> {
    const { report, signal } = this.#context;
    const isMuch = files.length > 2 * readsAtOnce;
    let done = 0;
    await forEachAtOnce(files, Math.min(readsAtOnce, files.length), async (file) => {
      signal.throwIfAborted();
      await this.#readOne(file, read);
      done++;
      if (isMuch) report.progress({ what: `Reading ${this.#root}`, done, total: files.length, unit: "files" });
    });
    signal.throwIfAborted();
    report.progress(undefined);
  }

  async #readOne(file: FoundFile, read: ReadFiles): Promise<void> {
    const { intake, signal, report, clock, name: source } = this.#context;
    const { path, sizeBytes, version } = file;
    const lane = laneOf(path) ?? source;
    try {
      using room = await intake.room(lane, sizeBytes <= heldBytesMax ? sizeBytes : lentBytes, signal);
      void room;
      const content = await this.#contentOf(file);
      // It has changed meanwhile: the next look meets it as another version.
      if (content === undefined) return;
      const outcome = await intake.take({ name: path, version, source, lane, content });
      read.add(file);
      this.#waiting.delete(path);
      if (outcome.kind === "skipped" || outcome.kind === "digest") report.swallowed(outcome.kind);
      else {
        const { stored: events, duplicates, lastEventAt } = outcome;
        report.stored({ events, duplicates, lastEventAt });
      }
    } catch (error) {
      if (signal.aborted) return;
      const finding = diagnose(error, { what: path });
      const tries = this.#waiting.get(path)?.tries ?? 0;
      this.#waiting.set(path, {
        version,
        tries: tries + 1,
        nextTryAt: clock.now() + nextTryAfterMs(tries, finding.code),
      });
      report.trouble(finding, "reading");
    }
  }

  async #contentOf(file: FoundFile) {
    const { path, sizeBytes } = file;
    if (sizeBytes <= heldBytesMax) {
      const bytes = await readStill(this.#root, file);
      return bytes === undefined ? undefined : { bytes };
    }
    const handle = await openStill(this.#root, file);
    await handle?.close();
    return handle === undefined ? undefined : { path, sizeBytes, isLent: true };
  }

  #countOdd(path: string, reason: string): void {
    const key = `${reason}\0${path}`;
    if (this.#odd.has(key) || this.#odd.size >= waitingMax) return;
    this.#odd.add(key);
    this.#context.report.swallowed(reason.startsWith("A link") ? "link" : "no regular file");
  }

  #hint(unreadable: string | undefined): void {
    this.#context.report.hint(
      unreadable === undefined
        ? undefined
        : {
            code: "folder-missing",
            isGood: false,
            sentence: `Something in the folder cannot be read: ${unreadable.slice(0, 500)}`,
            help: "See that the user who runs Trailwarden may read it; everything else is read",
          },
    );
  }
}

/** The account that a file is of, where its name tells. */
function laneOf(path: string): string | undefined {
  const parsed = parseObjectKey(path);
  return parsed.ok ? parsed.key.accountId : undefined;
}
