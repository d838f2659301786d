import type { Corpus } from "../corpus.ts";
import type { ImportResult } from "../measure/import-once.ts";
import type { ParseResult } from "../measure/parse-once.ts";
import { runInChild } from "./child.ts";
import { mustBe } from "./errors.ts";
import type { Stage } from "./stage.ts";

export interface ImportRuns {
  readonly imports: readonly ImportResult[];
  readonly parses: readonly ParseResult[];
}

/** Imports of the corpus into fresh data folders, taking turns with the yardstick; the last one stays as the store. */
export async function importRuns(stage: Stage): Promise<ImportRuns> {
  return stage.once("imports", async () => {
    const imports: ImportResult[] = [];
    const parses: ParseResult[] = [];
    await stage.discardStore();
    for (let turn = 1; turn <= stage.repetitions; turn++) {
      stage.talk(`import ${turn} of ${stage.repetitions}`);
      parses.push(await parseOnce(stage.corpus));
      imports.push(await importOnce(await stage.freshDirectory("store"), stage.corpus));
    }
    await stage.markImported();
    return { imports, parses };
  });
}

/** One import of the whole corpus into an empty folder; throws unless every event is there, once. */
export async function importOnce(directory: string, { files, truth }: Corpus): Promise<ImportResult> {
  const result = await runInChild<ImportResult>("import-once", [directory, files]);
  mustBe("The number of events stored by the import", result.eventsStored, truth.events);
  mustBe("The number of events in the store", result.eventsHeld, truth.events);
  mustBe("The number of duplicates in files without any", result.duplicates, 0);
  mustBe("The number of rejected records", result.recordsRejected, 0);
  mustBe("The number of skipped files", result.filesSkipped, 0);
  return result;
}

async function parseOnce({ files, truth }: Corpus): Promise<ParseResult> {
  const result = await runInChild<ParseResult>("parse-once", [files]);
  mustBe("The number of records that the yardstick read", result.records, truth.events);
  return result;
}
