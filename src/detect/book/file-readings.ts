import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { readRules } from "../sigma/read-rules.ts";
import type { RulesReading, ValueLists } from "../sigma/reading.ts";

/** A file of rules, whoever brought it. */
export interface BookFile {
  readonly origin: string;
  /** With its origin in front, so that it names one file in the whole book. */
  readonly path: string;
  readonly text: string;
}

export interface ReadFile extends BookFile {
  readonly reading: RulesReading;
}

/** Files read before others have their turn. */
const filesAtOnce = 8;

/** Reads files of rules, each once as long as it stays as it is. */
export class FileReadings {
  #known = new Map<string, RulesReading>();

  /** Lets others have their turn meanwhile: hundreds of rules take half a second. */
  async read(files: readonly BookFile[], lists: ValueLists): Promise<readonly ReadFile[]> {
    const listed = JSON.stringify([...lists]);
    const kept = new Map<string, RulesReading>();
    const read: ReadFile[] = [];
    let fresh = 0;
    for (const file of files) {
      const id = createHash("sha256").update(`${file.path}\0${listed}\0`).update(file.text).digest("base64");
      let reading = this.#known.get(id);
      if (reading === undefined) {
        fresh += 1;
        if (fresh % filesAtOnce === 0) await setImmediate();
        reading = readRules(file.text, { path: file.path, lists });
      }
      kept.set(id, reading);
      read.push({ ...file, reading });
    }
    this.#known = kept;
    return read;
  }
}
