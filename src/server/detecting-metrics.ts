import type { Detection, DetectionStatus, RuleBook } from "../detect/index.ts";
import type { State } from "../state/index.ts";
import { type Metric, metric, type Sample } from "./metric.ts";

/** What is counted of rules, incidents and telling people. */
export interface DetectingParts {
  readonly state: Pick<State, "figures" | "notify">;
  readonly detecting: {
    readonly openDetection: () => Promise<Pick<Detection, "status">>;
    readonly openRuleBook: () => Promise<Pick<RuleBook, "inForce">>;
  };
  /** Milliseconds, by the clock that judging and telling go by. */
  readonly now: number;
}

/** Tries to tell people are counted for so long. */
const triesMs = 86_400_000;

/** How judging, incidents and telling people stand: only what is known or counted by an index, so that it may be asked often. */
export async function detectingMetrics(parts: DetectingParts): Promise<readonly Metric[]> {
  const { detecting } = parts;
  const [status, inForce] = await Promise.all([
    detecting.openDetection().then((detection) => detection.status()),
    detecting.openRuleBook().then((book) => book.inForce()),
  ]);
  return [...judging(status, inForce.refusals.length, parts.now), ...(await found(parts)), ...(await toldOf(parts))];
}

function judging(status: DetectionStatus, broken: number, now: number): readonly Metric[] {
  const { waitingLogFiles, waitingEvents, judgedAt, problem, rules, correlations } = status;
  const since = judgedAt === undefined ? [] : [{ labels: {}, value: Math.max(0, now - judgedAt) / 1000 }];
  return [
    metric("trailwarden_log_files_to_judge", "Log files that rules have not judged yet", waitingLogFiles),
    metric("trailwarden_events_to_judge", "Events that rules have not judged yet", waitingEvents),
    metric("trailwarden_judged_seconds_ago", "Seconds since the last round of judging ended", since),
    metric(
      "trailwarden_judging_has_problem",
      "1 while something keeps rules from judging, or from judging all",
      problem === undefined ? 0 : 1,
    ),
    metric("trailwarden_rules_in_force", "Rules that are run, by kind", [
      { labels: { kind: "rule" }, value: rules },
      { labels: { kind: "correlation" }, value: correlations },
    ]),
    metric("trailwarden_rules_broken", "Rules that cannot be run", broken),
  ];
}

/** Each severity and state has its row, also where there is none of it: who watches for more has something to begin from. */
async function found({ state }: DetectingParts): Promise<readonly Metric[]> {
  const [{ levels }, { incidentStates }] = await Promise.all([
    import("../detect/index.ts"),
    import("../incidents/index.ts"),
  ]);
  const [findings, incidents] = await Promise.all([state.figures.findings(), state.figures.incidents("closed")]);
  const findingSamples = levels.flatMap((severity) =>
    [false, true].map((isStaged): Sample => {
      const fits = findings.filter((figure) => figure.level === severity && figure.isStaged === isStaged);
      return { labels: { severity, staged: String(isStaged) }, value: sumOf(fits) };
    }),
  );
  const open = incidentStates.filter((one) => one !== "closed");
  const incidentSamples = levels.flatMap((severity) =>
    open.map((of): Sample => {
      const fits = incidents.filter((figure) => figure.severity === severity && figure.state === of);
      return { labels: { severity, state: of }, value: sumOf(fits) };
    }),
  );
  return [
    metric("trailwarden_findings", "Findings of rules, by severity; those of rules on trial apart", findingSamples),
    metric("trailwarden_incidents_open", "Incidents that are not closed, by severity and state", incidentSamples),
  ];
}

/** By kind of channel: names of channels are people's, and there may be any number of them. */
async function toldOf({ state, now }: DetectingParts): Promise<readonly Metric[]> {
  const [channels, waiting, tries] = await Promise.all([
    state.notify.channels(),
    state.notify.waiting(),
    state.figures.deliveries(now - triesMs),
  ]);
  const types = new Map(channels.map(({ name, type }) => [name, type]));
  const typeOf = (channel: string) => types.get(channel) ?? "removed";
  const kinds = new Set([...types.values(), ...tries.map(({ channel }) => typeOf(channel))]);
  const samples = (countOf: (kind: string) => number) =>
    [...kinds].sort().map((kind): Sample => ({ labels: { channel: kind }, value: countOf(kind) }));
  const ofStatus = (status: string) =>
    samples((kind) => sumOf(tries.filter((one) => one.status === status && typeOf(one.channel) === kind)));
  const waitingOf = (kind: string) =>
    sumOf([...waiting].flatMap(([channel, count]) => (typeOf(channel) === kind ? [{ count }] : [])));
  return [
    metric("trailwarden_notices_waiting", "Notices that are still to be told, by kind of channel", samples(waitingOf)),
    metric(
      "trailwarden_deliveries_failed_last_day",
      "Tries that failed and are made again, of the last 24 hours, by kind of channel",
      ofStatus("failed"),
    ),
    metric(
      "trailwarden_deliveries_given_up_last_day",
      "Messages that were given up in the last 24 hours, by kind of channel",
      ofStatus("given up"),
    ),
  ];
}

function sumOf(figures: readonly { readonly count: number }[]): number {
  return figures.reduce((sum, { count }) => sum + count, 0);
}
