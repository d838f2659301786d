import { readAddress } from "../../predicate/index.ts";
import { AddressRangesBuilder } from "./address-ranges.ts";
import type { ToldEntry } from "./entry-file.ts";
import { printRange, rangeOf } from "./entry-forms.ts";
import { type SortedTexts, SortedTextsBuilder } from "./sorted-texts.ts";
import type { ThreatList } from "./threat-list.ts";

/** The entries of a list, as they are held in memory. */
export interface KnownEntries {
  readonly size: number;
  /** The entry that a value falls under, and when it was told last, in seconds since 1970. */
  find(value: string): ToldEntry | undefined;
}

/** Lays them out so that a million take some tens of megabytes and an answer takes microseconds; texts come in order. */
export async function holdEntries(
  kind: ThreatList["kind"],
  pieces: AsyncIterable<readonly ToldEntry[]>,
): Promise<KnownEntries> {
  if (kind === "addresses") return holdAddresses(pieces);
  const builder = new SortedTextsBuilder();
  for await (const piece of pieces) for (const [entry, toldAt] of piece) builder.add(entry, toldAt);
  const texts = builder.build();
  return holdTexts(texts, kind === "keys" ? (key) => [key] : domainsAbove);
}

async function holdAddresses(pieces: AsyncIterable<readonly ToldEntry[]>): Promise<KnownEntries> {
  const builder = new AddressRangesBuilder();
  for await (const piece of pieces) {
    for (const [entry, toldAt] of piece) {
      const range = rangeOf(entry);
      if (range !== undefined) builder.add(range.first, range.last, toldAt);
    }
  }
  const ranges = builder.build();
  return {
    size: ranges.size,
    find(value) {
      const address = readAddress(value);
      const found = address === undefined ? undefined : ranges.find(address);
      return found === undefined ? undefined : [printRange(found), found.value];
    },
  };
}

/** The texts that a value is looked for by, the nearest first; the first one that is known counts. */
type FormsOf = (value: string) => Iterable<string>;

function holdTexts(texts: SortedTexts, formsOf: FormsOf): KnownEntries {
  return {
    size: texts.size,
    find(value) {
      for (const form of formsOf(value)) {
        const toldAt = texts.find(form);
        if (toldAt !== undefined) return [form, toldAt];
      }
      return undefined;
    },
  };
}

const labelsMax = 127;

/** A domain stands for all that is below it. */
function* domainsAbove(value: string): Generator<string> {
  const labels = value.toLowerCase().split(".", labelsMax);
  for (let from = 0; from < labels.length - 1; from++) yield labels.slice(from).join(".");
}
