import type { SourceFigures } from "../../state/index.ts";
import type { Finding } from "../sources/findings.ts";
import { howLong } from "../../base/how-long.ts";

/** Where a source stands, as people see it. */
export type SourceStatus =
  /** Nothing has come yet, and nothing is wrong. */
  | "waiting"
  /** Log files come. */
  | "online"
  /** Log files came, and none for longer than is usual. */
  | "quiet"
  /** Something stands in the way. */
  | "failing"
  /** A person has paused it. */
  | "paused";

interface Failing {
  readonly count: number;
  readonly problem: string | undefined;
}

/** What is known of a source when its status is asked for. */
export interface SourceFacts {
  readonly isPaused: boolean;
  /** Whether this process collects from it. */
  readonly isRunning: boolean;
  readonly place: string;
  readonly quietAfterMs: number;
  readonly figures: SourceFigures;
  /** Log files that could not be read so far, and the reason of one. */
  readonly failing: Failing;
  readonly failingDigests: Failing;
  readonly troubles: readonly Finding[];
  readonly hint: Finding | undefined;
}

/** A status with the one sentence that says what is, and what to do when it is not well. */
export interface StatusText {
  readonly status: SourceStatus;
  readonly sentence: string;
  readonly help: string | undefined;
  readonly cause: string | undefined;
}

/** Judges a source: what stands in the way comes before everything that is well. */
export function statusOf(facts: SourceFacts, now: number): StatusText {
  const { figures, place, hint } = facts;
  const text = (status: SourceStatus, sentence: string, finding?: Finding): StatusText => ({
    status,
    sentence,
    help: finding?.help,
    cause: finding?.cause,
  });
  if (facts.isPaused) return text("paused", "Paused; nothing is lost, it goes on where it stopped");
  const [trouble] = facts.troubles;
  if (trouble) return text("failing", trouble.sentence, trouble);
  const last = figures.lastFileAt;
  const rest = facts.isRunning ? "" : "; nothing is collected while no server runs";
  if (last === undefined) {
    return hint ? text("waiting", hint.sentence, hint) : text("waiting", `Nothing has come from ${place} yet${rest}`);
  }
  const ago = howLong(now - last);
  if (now - last > facts.quietAfterMs) {
    const said = `The last log file came ${ago} ago${rest}`;
    return hint ? text("quiet", `${said}. ${hint.sentence}`, hint) : text("quiet", said);
  }
  if (facts.failing.count > 0) return text("online", failingText(facts.failing, "log file"));
  if (facts.failingDigests.count > 0) return text("online", failingText(facts.failingDigests, "digest"));
  return hint ? text("online", hint.sentence, hint) : text("online", `The last log file came ${ago} ago${rest}`);
}

function failingText({ count, problem = "no reason is known" }: Failing, what: string): string {
  const files = count === 1 ? `1 ${what} cannot` : `${count} ${what}s cannot`;
  return `${files} be read yet: ${problem}; each is tried again by itself`;
}
