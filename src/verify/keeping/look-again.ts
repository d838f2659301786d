import type { Clock } from "../../base/clock.ts";
import { seenOf } from "../files/judge-log-file.ts";
import type { SeenLogFile } from "../files/seen-log-file.ts";
import type { KnownFile } from "./judge-files.ts";
import type { Look } from "./look.ts";

/** An object that is named and was not read for so long is looked for. */
const patienceMs = 15 * 60_000;
/** And then again after so long. */
const againAfterMs = 3_600_000;
/** Times of looking are remembered for so many; what is forgotten is looked for once more. */
const rememberedMax = 100_000;

/** Fetches objects once more before anything bad is said of them: our own reading must not raise an alarm. */
export class LookAgain {
  readonly #clock: Clock;
  readonly #looked = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How it is as it lies there now. */
  async fetch(file: KnownFile, look: Look): Promise<SeenLogFile | "not-found" | "unreachable" | "later"> {
    if (look.fetches.left <= 0) return "later";
    look.fetches.left -= 1;
    const { bucket, key } = file.object;
    const reached = await look.reaching.get({ bucket, key }, file.entry?.source ?? "", look.signal);
    if (reached.kind !== "bytes") return reached.kind;
    return seenOf(bucket, key, reached.bytes);
  }

  /** Whether a log file that was not read is missing; what was found missing stays so until it is read. */
  async isThere(file: KnownFile, look: Look): Promise<"not-found" | "not-read-yet"> {
    const { name, entry, known } = file;
    const now = this.#clock.now();
    const last = known?.verdict === "missing" ? "not-found" : "not-read-yet";
    // Before a source has tried it, or had the time to, nothing is to be said.
    const isTried = entry?.state === "failing" && entry.tries >= 2;
    const isOld = entry?.namedAt !== undefined && now >= entry.namedAt + patienceMs;
    if (!isTried && !isOld) return last;
    if (now < (this.#looked.get(name) ?? -Infinity) + againAfterMs) return last;
    if (look.fetches.left <= 0) return last;
    look.fetches.left -= 1;
    if (this.#looked.size >= rememberedMax) this.#looked.clear();
    this.#looked.set(name, now);
    const reached = await look.reaching.get(file.object, entry?.source ?? "", look.signal);
    if (reached.kind === "unreachable") return last;
    return reached.kind === "not-found" ? "not-found" : "not-read-yet";
  }
}
