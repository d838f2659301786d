import { checkPredicate, type Predicate, PredicateError } from "../../predicate/index.ts";
import { readDetection } from "./detection/read-detection.ts";
import type { SigmaDocument } from "./document.ts";
import { SigmaFault } from "./fault.ts";
import { documentValuesMax } from "./limits.ts";
import { Lines } from "./lines.ts";
import { readCorrelation } from "./read-correlation.ts";
import { readFilter } from "./read-filter.ts";
import { headKeys, readHead } from "./read-head.ts";
import { checkLogSource } from "./read-logsource.ts";
import { membersOf, nearest, readMap } from "./read-members.ts";
import type { Members, Reader, Refusal, Remark, RulesReading, ValueLists } from "./reading.ts";
import { readYaml } from "./yaml/read-yaml.ts";
import type { YamlNode } from "./yaml/yaml-node.ts";

/** Where rules come from, and what they may need. */
export interface RulesSource {
  /** Named in every refusal and warning. */
  readonly path: string;
  readonly lists?: ValueLists;
}

/** Reads a file of Sigma documents. What cannot be run is refused with its place and reason; nothing is thrown. */
export function readRules(text: string, { path, lists = new Map() }: RulesSource): RulesReading {
  const lines = new Lines(text);
  const documents: SigmaDocument[] = [];
  const refusals: Refusal[] = [];
  const warnings: Remark[] = [];
  for (const reading of readYaml(text)) {
    const title = reading.ok ? titleOf(reading.root) : undefined;
    const placeOf = (at: number) => ({ path, ...lines.placeOf(at) });
    const warn = (reason: string, at: number) => warnings.push({ ...placeOf(at), reason, title });
    let values = 0;
    const countValues = (count: number, at: number) => {
      values += count;
      if (values > documentValuesMax) throw new SigmaFault(`A rule may have ${documentValuesMax} values`, at);
    };
    try {
      if (!reading.ok) throw reading.fault;
      documents.push(readDocument(reading.root, { path, lists, text, placeOf, warn, countValues }));
    } catch (error) {
      if (!(error instanceof SigmaFault)) throw error;
      const kind = error.isOtherSource ? "other-source" : "invalid";
      refusals.push({ ...placeOf(error.at), reason: error.message, title, kind });
    }
  }
  if (documents.length + refusals.length === 0) {
    refusals.push({ path, line: 1, column: 1, reason: "There is no rule in it", title: undefined, kind: "invalid" });
  }
  return { documents, refusals, warnings };
}

function titleOf(root: YamlNode): string | undefined {
  const title = root.kind === "map" ? root.entries.find(({ key }) => key === "title")?.value : undefined;
  return title?.kind === "scalar" && title.value !== null ? title.text.trim() : undefined;
}

const kinds = ["detection", "correlation", "filter"] as const;

function readDocument(root: YamlNode, reader: Reader): SigmaDocument {
  if (root.kind !== "map") {
    throw new SigmaFault("A rule is a map with title, logsource and detection", root.at);
  }
  const members = membersOf(root);
  if (members.has("action")) {
    throw new SigmaFault(
      "action is of Sigma's first version; write each rule whole",
      members.get("action")?.keyAt ?? root.at,
    );
  }
  const [kind, second] = kinds.filter((key) => members.has(key));
  if (kind === undefined || second !== undefined) {
    const what =
      kind === undefined ? "There is no detection, correlation or filter" : `${kind} and ${second} do not go together`;
    throw new SigmaFault(what, members.get(second ?? "")?.keyAt ?? root.at);
  }
  warnOfMisspelled(members, reader);
  const head = readHead(members, root.at, reader);
  if (kind === "correlation") {
    return readCorrelation(members, head, root.at, reader);
  }
  if (kind === "filter") {
    const filter = readFilter(members, head, root.at, reader);
    checkSize(filter.predicate, root.at);
    return filter;
  }
  checkLogSource(members, root.at, reader);
  const { predicate } = readDetection(readMap(members, "detection", root.at), [], reader);
  checkSize(predicate, root.at);
  return { ...head, kind: "rule", predicate };
}

/** Any key is allowed at the top; one that is nearly a known one is worth a word. */
function warnOfMisspelled(members: Members, reader: Reader): void {
  const known: readonly string[] = [...headKeys, ...kinds, "generate"];
  for (const [key, { keyAt }] of members) {
    const near = known.includes(key) ? undefined : nearest(key, known);
    if (near !== undefined) {
      reader.warn(`The key ${key} is not read; ${near} is meant, perhaps`, keyAt);
    }
  }
}

/** A condition that is too large to be run is refused like any other that cannot be run. */
function checkSize(predicate: Predicate, at: number): void {
  try {
    checkPredicate(predicate);
  } catch (error) {
    if (!(error instanceof PredicateError)) throw error;
    throw new SigmaFault(error.message.replace("A search", "A rule"), at);
  }
}
