import { chainOfKey, type DigestChain, parseObjectKey } from "../../cloudtrail/index.ts";
import type { JudgedDigest } from "../chain/chain-judgement.ts";
import type { Gap, LogVerdict } from "../verdict.ts";
import { digestWords, verdictWords } from "./words.ts";

/** What is known beside a verdict, for its sentence. */
export interface VerdictContext {
  /** When the log file was read, milliseconds: what was changed since is told from then. */
  readonly readAt?: number | undefined;
}

/** A verdict on a log file in one sentence, with the digest named and times in UTC. */
export function sayVerdict(verdict: LogVerdict, context: VerdictContext = {}): string {
  const { kind, reason, chainSince, dueAt } = verdict;
  const digest = verdict.digest === "" ? undefined : digestText(verdict.digest);
  if (kind === "proven") {
    const since = chainSince === undefined ? "" : `, in a chain that is unbroken since ${timeText(chainSince)}`;
    return `Proven: ${digest ?? "a digest"} names it and its content is what was signed${since}.`;
  }
  if (reason === "digest-not-due" && dueAt !== undefined) {
    return `Waiting: the digest that will name it is due by ${timeText(dueAt)}.`;
  }
  const read = context.readAt === undefined ? "when it was read" : `when it was read at ${timeText(context.readAt)}`;
  return `${capital(kind)}: ${verdictWords(digest, read)[reason]}.`;
}

/** A verdict on a digest in one sentence. */
export function sayDigest(judged: JudgedDigest): string {
  const { verdict, chainSince, object } = judged;
  const digest = capital(digestText(judged.name));
  if (verdict.kind === "valid") {
    const since = chainSince === undefined ? "" : `, and its chain is unbroken since ${timeText(chainSince)}`;
    return `${digest} is valid: AWS signed it${since}.`;
  }
  return `${digest} ${digestWords(object?.digest?.digestPublicKeyFingerprint ?? "")[verdict.reason]}.`;
}

/** A gap in one sentence. */
export function sayGap(gap: Gap, chain: DigestChain): string {
  const { kind, from, to, digestsMissing: count } = gap;
  const span = `between ${timeText(from)} and ${timeText(to)}`;
  const trail = `of the trail ${chain.trailName} in account ${chain.accountId}, ${chain.region},`;
  const [digests, are, have] = count === 1 ? ["1 digest", "is", "has"] : [`${count} digests`, "are", "have"];
  switch (kind) {
    case "digests-missing":
      return `${digests} ${trail} ${are} missing or broken ${span}, so that nothing vouches for what was delivered then.`;
    case "chain-restarted":
      return `The chain of digests ${trail} ended at ${timeText(from)} and began anew at ${timeText(to)}: logging or validation was off, or what lay between was deleted.`;
    case "not-contiguous":
      return `No digest ${trail} speaks for the time ${span}, though those around it follow each other.`;
    case "overlap":
      return `Two digests ${trail} both claim the time ${span}.`;
    case "tail":
      return `${digests} ${trail} ${have} not arrived, or ${are} gone: nothing vouches for the time ${span}.`;
  }
}

/** A digest by the end of its window and its file name; the bucket and the folders stand beside the sentence. */
function digestText(name: string): string {
  const read = parseObjectKey(name.replace(/^s3:\/\/[^/]*\//, ""));
  if (!read.ok || read.key.deliveredAt === undefined) return `the digest ${name}`;
  const late = chainOfKey(read.key)?.isBackfill === true ? " for late log files" : "";
  return `the digest${late} of ${timeText(read.key.deliveredAt)} (${read.key.fileName})`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

const lastInstant = 8.64e15;

function timeText(at: number): string {
  if (!(Math.abs(at) <= lastInstant)) return "an unknown time";
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
