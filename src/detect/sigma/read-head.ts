import { type Level, levels, type OwnSettings, type SigmaHead, statuses } from "./document.ts";
import { SigmaFault } from "./fault.ts";
import { readTimespan } from "../../base/timespan.ts";
import { membersOf, readChoice, readText, readTexts, warnOfUnknown } from "./read-members.ts";
import type { Members, Reader } from "./reading.ts";

const titleLengthMax = 256;
const textLengthMax = 65_535;
const dayShape = /^\d{4}[-/]\d{2}[-/]\d{2}$/;

/** Keys of a document's head that the specification knows; any others are people's own, which it allows. */
export const headKeys = [
  "title",
  "id",
  "name",
  "related",
  "taxonomy",
  "status",
  "description",
  "license",
  "references",
  "author",
  "date",
  "modified",
  "logsource",
  "fields",
  "falsepositives",
  "level",
  "tags",
  "scope",
  "trailwarden",
] as const;

/** Reads what a document says of itself. `at` is where it begins. */
export function readHead(members: Members, at: number, reader: Reader): SigmaHead {
  const title = readText(members, "title", reader);
  if (title === "") {
    throw new SigmaFault("There is no title", members.get("title")?.keyAt ?? at);
  }
  if (title.length > titleLengthMax) {
    reader.warn(`The title is longer than ${titleLengthMax} characters`, members.get("title")?.value.at ?? at);
  }
  const status = readChoice(members, "status", statuses, reader);
  if (status === "unsupported") {
    throw new SigmaFault("Its author marks it as unsupported", members.get("status")?.keyAt ?? at);
  }
  if (status === "deprecated") {
    reader.warn("It is deprecated: another rule has taken its place", members.get("status")?.keyAt ?? at);
  }
  const [id, name] = [readText(members, "id", reader), readText(members, "name", reader)];
  const place = reader.placeOf(members.get("title")?.keyAt ?? at);
  return {
    key: id || name || `${place.path}:${place.line}`,
    title: title.slice(0, titleLengthMax),
    id: id || undefined,
    name: name || undefined,
    status,
    level: readChoice(members, "level", levels, reader),
    description: readText(members, "description", reader).slice(0, textLengthMax),
    author: readText(members, "author", reader),
    license: readText(members, "license", reader),
    date: readDay(members, "date", reader),
    modified: readDay(members, "modified", reader),
    references: readTexts(members, "references", reader),
    tags: readTexts(members, "tags", reader).map((tag) => tag.toLowerCase()),
    falsePositives: readTexts(members, "falsepositives", reader),
    fields: readTexts(members, "fields", reader),
    own: readOwn(members, reader),
    place,
  };
}

function readDay(members: Members, key: string, reader: Reader): string {
  const text = readText(members, key, reader);
  if (text !== "" && !dayShape.test(text)) {
    reader.warn(`${key} is no day; write it as 2026-01-02`, members.get(key)?.value.at ?? 0);
  }
  return text.replaceAll("/", "-");
}

const ownKeys = ["tests", "runbook", "dedup-period", "suppress-for", "severity", "false-positives"] as const;

function readOwn(members: Members, reader: Reader): OwnSettings {
  const own = members.get("trailwarden");
  if (own !== undefined && own.value.kind !== "map") {
    throw new SigmaFault("trailwarden is not a map", own.keyAt);
  }
  const inside: Members = own?.value.kind === "map" ? membersOf(own.value) : new Map();
  warnOfUnknown(inside, ownKeys, "trailwarden", reader);
  return {
    tests: readTests(inside, reader),
    runbook: readText(inside, "runbook", reader),
    dedupPeriodMs: readPeriod(inside, "dedup-period", reader),
    suppressForMs: readPeriod(inside, "suppress-for", reader),
    severity: readChoice<Level>(inside, "severity", levels, reader),
    falsePositives: readText(inside, "false-positives", reader),
  };
}

function readTests(own: Members, reader: Reader): OwnSettings["tests"] {
  const tests = own.get("tests");
  if (tests !== undefined && tests.value.kind !== "map") {
    throw new SigmaFault("tests is not a map", tests.keyAt);
  }
  const files: Members = tests?.value.kind === "map" ? membersOf(tests.value) : new Map();
  warnOfUnknown(files, ["match", "pass"], "tests", reader);
  const fileAt = (key: "match" | "pass") => {
    const name = readText(files, key, reader) || `${key}.jsonl`;
    if (/[\\/]|^\.\.?$/.test(name)) {
      throw new SigmaFault("A file of tests lies beside its rule", files.get(key)?.value.at ?? 0);
    }
    return name;
  };
  return { match: fileAt("match"), pass: fileAt("pass") };
}

function readPeriod(own: Members, key: string, reader: Reader): number | undefined {
  const text = readText(own, key, reader);
  const period = text === "" ? undefined : readTimespan(text);
  if (text !== "" && period === undefined) {
    throw new SigmaFault(`${key} is a number and a unit: 90s, 15m, 1h, 7d`, own.get(key)?.value.at ?? 0);
  }
  return period;
}
