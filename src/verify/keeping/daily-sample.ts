import { z } from "zod";
import { forEachAtOnce } from "../../base/for-each-at-once.ts";
import type { KeepingParts, Look } from "./look.ts";
import type { VerificationOptions } from "./options.ts";
import { rereadFile, rereadsAtOnce } from "./rereading.ts";

const usualRereadsADay = 200;
const dayMs = 86_400_000;
/** Who was looked at within this time is not looked at again by itself. */
const restMs = 7 * dayMs;
/** After a pause, the day's share is made up for in parts. */
const atOneLook = 50;

const setting = "verify/sample";
const shape = z.object({ day: z.number(), done: z.number() });

/** Reads some proven log files again each day, spread over the day. */
export class DailySample {
  readonly #options: VerificationOptions;
  readonly #parts: KeepingParts;

  constructor(options: VerificationOptions, parts: KeepingParts) {
    this.#options = options;
    this.#parts = parts;
  }

  async read(look: Look): Promise<void> {
    const { integrity } = this.#options.state;
    const { proofs, clock } = this.#parts;
    const aDay = this.#options.rereadsADay ?? usualRereadsADay;
    const day = Math.floor(clock.now() / dayMs);
    const kept = shape.safeParse(await integrity.setting(setting));
    const done = kept.success && kept.data.day === day ? kept.data.done : 0;
    const due = Math.floor((aDay * (clock.now() - day * dayMs)) / dayMs) - done;
    if (due <= 0) return;
    const limit = Math.min(due, atOneLook);
    const seed = this.#options.seed + day * 1_000 + done;
    const rows = await proofs.sample({ before: clock.now() - restMs, limit, seed });
    const named = await proofs.named(rows.map(({ name }) => name));
    await forEachAtOnce(rows, rereadsAtOnce, async (row) => {
      look.signal.throwIfAborted();
      await rereadFile(row, named.get(row.name), this.#parts, look);
    });
    await integrity.setSetting(setting, { day, done: done + limit });
  }
}
