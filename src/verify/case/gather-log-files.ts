import { chunksOf } from "../../base/chunks.ts";
import type { VerdictRow } from "../../store/index.ts";
import { VerifyError } from "../errors.ts";
import { type ObjectName, objectOfName } from "../names.ts";
import type { CaseOptions } from "./case-options.ts";

/** A log file that events of the case came in. */
export interface FoundLogFile {
  /** Its id where it was read. */
  readonly logFile: string;
  readonly name: string;
  /** Nothing for an imported file of which no digest is known. */
  readonly object: ObjectName | undefined;
  readonly events: number;
  /** `s3://bucket/key` of the digest that names it, or should; empty where there is none. */
  readonly digest: string;
  /** What was said of it when it was judged last; nothing where nobody has judged it yet. */
  readonly known: VerdictRow | undefined;
}

const logFilesMax = 20_000;
const atOnce = 1_000;

/** The log files that events came in, with the digests that speak for them, in the order of their names. */
export async function gatherLogFiles(
  options: Pick<CaseOptions, "proofs" | "logFileName">,
  events: ReadonlyMap<string, number>,
): Promise<FoundLogFile[]> {
  if (events.size > logFilesMax) throw tooMany(events.size);
  const found: FoundLogFile[] = [];
  for (const ids of chunksOf([...events.keys()], atOnce)) {
    const verdicts = await options.proofs.verdictsOf(ids);
    const names = new Map<string, string>();
    for (const id of ids) names.set(id, verdicts.get(id)?.name ?? (await options.logFileName(id)) ?? "");
    const named = await options.proofs.named([...names.values()].filter((name) => name !== ""));
    for (const [logFile, name] of names) {
      const digest = named.get(name)?.digest ?? verdicts.get(logFile)?.digest ?? "";
      const object = objectOfName(name) ?? (await nameInBucket(options.proofs, name, digest));
      found.push({ logFile, name, object, events: events.get(logFile) ?? 0, digest, known: verdicts.get(logFile) });
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A copy on a disk has the content that the digest names under the bucket's name. */
async function nameInBucket(
  proofs: CaseOptions["proofs"],
  name: string,
  digest: string,
): Promise<ObjectName | undefined> {
  if (digest === "") return undefined;
  const sha256 = (await proofs.readLogFiles([name])).get(name)?.sha256;
  const namesake = (await proofs.namedBy(digest)).find((named) => named.sha256 === sha256);
  return namesake === undefined ? undefined : objectOfName(namesake.name);
}

function tooMany(count: number): VerifyError {
  return new VerifyError(`The events lie in ${count} log files; a case holds ${logFilesMax} at most`, {
    code: "case-too-large",
    fault: "user",
    help: "Narrow the query or the span",
  });
}
