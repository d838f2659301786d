import { readDetection } from "./detection/read-detection.ts";
import type { SigmaFilter, SigmaHead } from "./document.ts";
import { SigmaFault } from "./fault.ts";
import { membersOf, readMap } from "./read-members.ts";
import { readReferences } from "./read-references.ts";
import { checkLogSource } from "./read-logsource.ts";
import type { Members, Reader } from "./reading.ts";

/** Reads a document that tunes rules: its condition is added to theirs by AND. */
export function readFilter(members: Members, head: SigmaHead, at: number, reader: Reader): SigmaFilter {
  checkLogSource(members, at, reader);
  const filter = readMap(members, "filter", at);
  const rules = membersOf(filter).get("rules");
  if (rules === undefined) {
    throw new SigmaFault("There is no rules; name the rules that it tunes, or any", filter.at);
  }
  const isAny = rules.value.kind === "scalar" && /^(?:any|all)$/i.test(rules.value.text);
  const { predicate, condition } = readDetection(filter, ["rules"], reader);
  if (!/\bnot\b/i.test(condition)) {
    reader.warn(
      "Rules will fire on nothing but what this filter selects; to silence that, its condition begins with not",
      membersOf(filter).get("condition")?.value.at ?? filter.at,
    );
  }
  return { ...head, kind: "filter", rules: isAny ? undefined : readReferences(rules.value, reader), predicate };
}
