import { eventFields, readRecord, type RecordingTrail, selectableRecord } from "../../cloudtrail/index.ts";
import type { TrailView } from "../account/account.ts";
import { SetupError } from "../errors.ts";
import type { SelectorsValue } from "../settings/values.ts";
import { readSelectors } from "../settings/read-selectors.ts";
import type { Prices } from "./prices.ts";
import { isLogging, type Reach, reachOf } from "./reach.ts";
import { type NameRow, ReplayTally, type SavedLine } from "./replay-tally.ts";

/** A change of what a trail records, to be tried on events that were recorded. */
export interface ReplayAsk {
  /** Records as they stand in the store, each once. */
  readonly records: AsyncIterable<Uint8Array>;
  /** How much time they are of; what is saved is said for a month. */
  readonly days: number;
  /** With the selectors that it has now. */
  readonly trail: TrailView;
  readonly after: SelectorsValue;
  /** Trails that record beside it, for what they record too is charged, and what they do not is free. */
  readonly others: readonly TrailView[];
  readonly prices: Prices;
  /** Knows the rules that look at events; nothing while there are no rules. */
  readonly rules?: RuleSight | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What later stations can say of events that would not be recorded any more. */
export interface RuleSight {
  /** The rules that would see nothing more, or less; those that see nothing first, and of each the most severe. */
  blinded(change: SightChange): Promise<readonly BlindRule[]>;
}

/** What a trail records, and would record. */
export interface SightChange {
  readonly before: TrailSight;
  readonly after: TrailSight;
}

export interface TrailSight extends RecordingTrail {
  readonly name: string;
  readonly hasInsights: boolean;
}

export interface BlindRule {
  /** Its key. */
  readonly rule: string;
  readonly title: string;
  readonly level: string;
  /** Nothing: it could not fire any more. */
  readonly sees: "nothing" | "less";
  readonly sentence: string;
}

/** As many as fit a screen. */
const blindRulesMax = 20;

/** What a change of selectors would do in a month, by the events of the past. */
export interface Replay {
  /** Records looked at, and of these those that could not be read. */
  readonly looked: number;
  readonly unread: number;
  readonly days: number;
  /** Of a month. */
  readonly kept: number;
  readonly dropped: number;
  readonly added: number;
  /** Of these dropped those whose copy is free: nothing is saved by them. */
  readonly droppedFree: number;
  /** Millionths of a dollar a month; less than nothing when the change costs. */
  readonly savedMicroDollars: number;
  readonly lines: readonly SavedLine[];
  /** By service and name, what saves or costs most first. */
  readonly names: readonly NameRow[];
  /** Names beyond those that are told apart, and the events of them. */
  readonly otherNames: number;
  readonly blind:
    | {
        readonly kind: "known";
        readonly rules: readonly BlindRule[];
        /** How many there are in all, by what they would still see. */
        readonly counts: Readonly<Record<BlindRule["sees"], number>>;
      }
    | { readonly kind: "unknown"; readonly sentence: string };
  readonly notes: readonly string[];
}

/** Replays a change of selectors on stored events. Throws `selectors-invalid` for selectors of an unknown form. */
export async function replaySelectors(ask: ReplayAsk): Promise<Replay> {
  const before = readableReach(ask.trail);
  const after = readableReach({ ...ask.trail, selectors: ask.after });
  const others = ask.others.filter((one) => one.arn !== ask.trail.arn && isLogging(one)).map(reachOf);
  const tally = new ReplayTally(ask);
  for await (const raw of ask.records) {
    ask.signal?.throwIfAborted();
    const read = readRecord(raw);
    if (!read.ok) {
      tally.addUnread();
      continue;
    }
    const record = selectableRecord(read.record);
    const account = eventFields(read.record).accountId ?? "";
    const keeps = (reach: Reach) => reach.reaches(account, record.awsRegion ?? "") && reach.selects(record);
    tally.add({ record, bytes: raw.length, was: keeps(before), is: keeps(after), isElsewhere: others.some(keeps) });
  }
  const outcome = tally.outcome();
  return { ...outcome, blind: await blindOf(ask, { before, after }), notes: notesOf(before, after) };
}

function readableReach(trail: TrailView): Reach {
  const { basic = [], advanced = [] } = trail.selectors ?? {};
  const isNone = trail.selectors !== undefined && basic.length + advanced.length === 0;
  if (!isNone && readSelectors(trail.selectors) !== undefined) return reachOf(trail);
  throw new SetupError(isNone ? "A trail without selectors is none" : "The selectors have a form that is not known", {
    code: "selectors-invalid",
    fault: "user",
    help: "Give EventSelectors or AdvancedEventSelectors as GetEventSelectors prints them, at least one",
  });
}

async function blindOf(
  { rules }: ReplayAsk,
  { before, after }: { readonly before: Reach; readonly after: Reach },
): Promise<Replay["blind"]> {
  if (rules === undefined) {
    return { kind: "unknown", sentence: "Which rules would go blind is not known: there are no rules here to ask" };
  }
  const found = await rules.blinded({ before: sightOf(before), after: sightOf(after) });
  const count = (sees: BlindRule["sees"]) => found.filter((rule) => rule.sees === sees).length;
  return {
    kind: "known",
    rules: found.slice(0, blindRulesMax),
    counts: { nothing: count("nothing"), less: count("less") },
  };
}

function sightOf({ trail, recording }: Reach): TrailSight {
  return { ...recording, name: trail.name, hasInsights: trail.insights.length > 0 };
}

function notesOf(before: Reach, after: Reach): readonly string[] {
  const notes = [
    "Only events that were recorded can be replayed: what the new selectors would add beside is not known",
  ];
  if (before.trail.selectors === undefined) {
    notes.push(`What ${after.trail.name} records now could not be read; all management events are taken for it`);
  }
  return notes;
}
