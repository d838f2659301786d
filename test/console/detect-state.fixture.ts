import type { SearchCorrelation, Tuning } from "../../console/src/detect-api.ts";
import type { Incident, IncidentDetails, Silence } from "../../console/src/incidents-api.ts";
import type { ThreatList } from "../../console/src/threats-api.ts";
import { attack, madeIncidents, minutesAgo } from "./made-incidents.fixture.ts";
import { madeRules } from "./made-rules.fixture.ts";

/** What the made-up server of detection holds, and what changes do to it. */
export class DetectState {
  readonly asked: string[] = [];
  history = new Map<string, IncidentDetails["history"]>();
  readonly isEmpty: boolean;
  incidents: readonly Incident[];
  rules = madeRules;
  tunings: readonly Tuning[];
  silences: readonly Silence[] = [];
  searches: readonly SearchCorrelation[];
  lists: readonly ThreatList[];

  constructor(isEmpty: boolean) {
    this.isEmpty = isEmpty;
    this.incidents = isEmpty ? [] : madeIncidents;
    this.searches = isEmpty ? [] : [madeSearch];
    this.lists = isEmpty ? [] : madeLists;
    this.tunings = isEmpty ? [] : [madeTuning];
    if (!isEmpty) this.silences = [madeSilence];
  }

  find(id: string): Incident | undefined {
    return this.incidents.find((each) => each.id === id || each.name === id);
  }

  change(id: string, change: Partial<Incident>, kind: string, by: string, sentence: string): Incident | undefined {
    this.incidents = this.incidents.map((each) => (each.id === id ? { ...each, ...change } : each));
    const before = this.historyOf(id);
    this.history.set(id, [...before, { number: before.length + 1, at: minutesAgo(0), by, kind, sentence }]);
    return this.find(id);
  }

  historyOf(id: string): IncidentDetails["history"] {
    return (
      this.history.get(id) ?? [
        { number: 1, at: minutesAgo(46), by: "", kind: "opened", sentence: "Opened by CloudTrail is stopped" },
        { number: 2, at: minutesAgo(40), by: "ann", kind: "comment", sentence: `Looking at it.\n${attack}` },
      ]
    );
  }
}

const madeTuning: Tuning = {
  name: "our-own-tool",
  rules: ["key-for-another"],
  query: "user:key-keeper",
  reason: "It renews keys every night",
  until: minutesAgo(-40_000),
  changedAt: minutesAgo(900),
};

const madeSilence: Silence = {
  id: "silence-1",
  until: minutesAgo(-600),
  createdAt: minutesAgo(100),
  by: "ann",
  reason: "A red team is at work",
  scope: { actor: "arn:aws:iam::111122223333:user/red-team", accountId: "111122223333" },
};

const madeSearch: SearchCorrelation = {
  name: "many-denied",
  query: "errorCode:AccessDenied -user:scanner",
  groupBy: ["userIdentity.arn"],
  count: 20,
  withinMs: 600_000,
  level: "medium",
  outcome: "notification",
  changedAt: minutesAgo(5_000),
};

export const plainList = {
  kind: "addresses",
  url: "",
  everyMs: 0,
  expireMs: 0,
  level: "high",
  outcome: "incident",
  license: "",
  column: "",
  problem: null,
  refusedCount: 0,
  refused: [],
} as const;

const madeLists: readonly ThreatList[] = [
  {
    ...plainList,
    name: "tor-exits",
    url: "https://lists.example.com/tor.txt",
    everyMs: 86_400_000,
    expireMs: 30 * 86_400_000,
    license: "CC0-1.0",
    changedAt: minutesAgo(9_000),
    entries: 1_204,
    fetchedAt: minutesAgo(700),
    problem: "The server answered 503; the entries of before are used",
    refusedCount: 1,
    refused: [{ line: 3, reason: "300.1.2.3 is no address" }],
  },
  { ...plainList, name: "our-warnings", changedAt: minutesAgo(900), entries: 3, fetchedAt: minutesAgo(900) },
];
