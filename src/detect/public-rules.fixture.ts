import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sharedData } from "../../test/fixtures/shared-data.ts";
import type { RulesReading } from "./sigma/reading.ts";
import { readRules } from "./sigma/read-rules.ts";

/** For each set of events, the ids of those that a rule must match, by the rule's id. */
interface Expected {
  readonly rules: Readonly<Record<string, { readonly title: string }>>;
  readonly sets: Readonly<Record<string, { readonly matches: Readonly<Record<string, readonly string[]>> }>>;
}

export interface RealEvent {
  readonly id: string;
  readonly record: object;
  readonly text: string;
}

/** The public rules beside the repository, one file each. */
export function readPublicRules(): readonly RulesReading[] {
  const folder = join(sharedData, "sigma/rules");
  return readdirSync(folder).map((name) => readRules(readFileSync(join(folder, name), "utf8"), { path: name }));
}

/** What an independent implementation found with these rules. */
export function readExpected(): Expected {
  return JSON.parse(readFileSync(join(sharedData, "sigma/expected.json"), "utf8")) as Expected;
}

const folders = { "invictus-ir": "invictus-ir/CloudTrail", traildiscover: "traildiscover/docs/logExamples" } as const;
export type EventSet = keyof typeof folders;
export const eventSets = Object.keys(folders) as EventSet[];

/** The events of a set, each once. */
export function readEvents(set: EventSet): readonly RealEvent[] {
  const events = new Map<string, RealEvent>();
  const folder = join(sharedData, folders[set]);
  for (const name of readdirSync(folder).filter((each) => /\.(?:json|cloudtrail)$/.test(each))) {
    const file = JSON.parse(readFileSync(join(folder, name), "utf8")) as { Records?: object[] } | object[];
    const records = Array.isArray(file) ? file : (file.Records ?? [file]);
    for (const record of records) {
      const id = String((record as { eventID?: unknown }).eventID);
      if (!events.has(id)) events.set(id, { id, record, text: JSON.stringify(record) });
    }
  }
  return [...events.values()];
}
