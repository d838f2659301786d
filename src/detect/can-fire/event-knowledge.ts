import { selectableRecord, type CloudTrailRecord } from "../../cloudtrail/index.ts";
import { foldText } from "../../predicate/index.ts";
import { dataEvents } from "./data-events.ts";

/** A sort of events that a rule waits for. What is not known of it is undefined. */
export interface EventSort {
  readonly eventName: string | undefined;
  readonly eventSource: string | undefined;
  readonly category: string | undefined;
  readonly readOnly: boolean | undefined;
  /** Of data events. */
  readonly resourceTypes: readonly string[];
}

/** What is known of events by their names: from AWS's guides, and from records that were really written. */
export class EventKnowledge {
  readonly #byName = new Map<string, EventSort[]>();

  constructor() {
    for (const { source, resourceType, names } of dataEvents) {
      for (const eventName of names) {
        this.#add({
          eventName,
          eventSource: source,
          category: "Data",
          readOnly: undefined,
          resourceTypes: [resourceType],
        });
      }
    }
  }

  /** Learns from a record, given as its line of a file of examples; what is none teaches nothing. */
  learn(line: string): void {
    const record = parse(line);
    if (record === undefined) return;
    const { eventName, eventSource, eventCategory, readOnly, resources } = selectableRecord(record);
    if (eventName === undefined || eventSource === undefined) return;
    const types = (resources ?? []).flatMap(({ type }) => (typeof type === "string" ? [type] : []));
    this.#add({
      ...{ eventName, eventSource, category: eventCategory },
      readOnly: readOnly === undefined ? undefined : String(readOnly) === "true",
      resourceTypes: eventCategory === "Data" ? types : [],
    });
  }

  /** What is known of events of a name, of one of these services; in any case, as rules compare. */
  find(eventName: string, sources: ReadonlySet<string> | undefined): readonly EventSort[] {
    const known = this.#byName.get(foldText(eventName)) ?? [];
    return known.filter(({ eventSource }) => sources === undefined || sources.has(foldText(eventSource ?? "")));
  }

  #add(sort: EventSort): void {
    const name = foldText(sort.eventName ?? "");
    const known = this.#byName.get(name) ?? [];
    const same = known.findIndex((each) => each.eventSource === sort.eventSource && each.category === sort.category);
    const before = known[same];
    if (before === undefined) this.#byName.set(name, [...known, sort]);
    else known[same] = { ...before, readOnly: before.readOnly ?? sort.readOnly };
  }
}

function parse(line: string): CloudTrailRecord | undefined {
  if (line.trim() === "") return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as CloudTrailRecord)
      : undefined;
  } catch {
    return undefined;
  }
}
