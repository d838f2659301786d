import type { Matter, TruthLine } from "../../sandbox-api.ts";

/** An event that Search found. */
export interface FoundEvent {
  readonly id: string;
  readonly account: string;
  readonly fields?: Readonly<Record<string, string | null>> | undefined;
}

export interface MatterProgress {
  readonly matter: Matter;
  /** How many of its calls were made. */
  readonly made: number;
  /** `made` while its record is on its way. */
  readonly state: "to-come" | "made" | "seen";
  /** The first of its events that Search found. */
  readonly event: FoundEvent | undefined;
}

/** So many calls of one matter are looked for: the first one shows that it was recorded. */
const eachMax = 3;

function isOf(matter: Matter, line: TruthLine): boolean {
  return (
    line.eventName === matter.eventName &&
    line.eventSource === `${matter.service}.amazonaws.com` &&
    line.why === matter.why
  );
}

/** The calls by which the matters are found, the first few of each. */
export function wantedLines(matters: readonly Matter[], truth: readonly TruthLine[]): readonly TruthLine[] {
  return matters.flatMap((matter) => truth.filter((line) => isOf(matter, line)).slice(0, eachMax));
}

function anyOf(field: string, ids: readonly string[]): readonly string[] {
  const [only, ...others] = ids.map((id) => (/^[\w-]+$/.test(id) ? id : JSON.stringify(id)));
  if (only === undefined) return [];
  return [others.length === 0 ? `${field}:${only}` : `${field}:(${[only, ...others].join(" OR ")})`];
}

/** A query that finds exactly these calls. */
export function findingQuery(lines: readonly TruthLine[]): string {
  const byRequest = lines.flatMap(({ requestId }) => (requestId === undefined ? [] : [requestId]));
  const byEvent = lines.flatMap(({ eventId }) => (eventId === undefined ? [] : [eventId]));
  return [...anyOf("requestID", byRequest), ...anyOf("eventID", byEvent)].join(" OR ");
}

/** How far each matter of a play is: to come, made, or seen in Search. */
export function progressOf(
  matters: readonly Matter[],
  truth: readonly TruthLine[],
  found: readonly FoundEvent[],
): readonly MatterProgress[] {
  return matters.map((matter) => {
    const lines = truth.filter((line) => isOf(matter, line));
    const event = found.find((each) =>
      lines.some(
        ({ requestId, eventId }) =>
          each.id === eventId || (requestId !== undefined && each.fields?.["requestID"] === requestId),
      ),
    );
    const state = event !== undefined ? "seen" : lines.length > 0 ? "made" : "to-come";
    return { matter, made: lines.length, state, event };
  });
}
