import type { FindingTable } from "../../state/index.ts";
import type { Detection, DetectionStatus, FindingDetails, HitFacts } from "./detection.ts";
import { Judging } from "./judging.ts";
import type { DetectionOptions } from "./options.ts";
import { Rounds } from "./rounds.ts";

const evidenceMax = 1_000;

/** Detecting as the server runs it. It begins with `start`. */
export function openDetection(options: DetectionOptions): Detection {
  const listeners = new Set<() => void>();
  const rounds = new Rounds(options, () => {
    for (const listener of listeners) listener();
  });
  const judging = new Judging(options, rounds);
  const stopHearing = options.book.onChange(() => {
    rounds.forgetRules();
    judging.wake();
  });
  const { findings } = options;
  return {
    start: () => Promise.resolve(judging.start()),
    stop: () => judging.stop(),
    stored: () => judging.wake(),
    judgeNow: (signal) => judging.now(signal),
    status: () => statusOf(options, judging),
    findings: (ask, page) => findings.list(ask, page),
    finding: (id) => detailsOf(findings, id),
    hitsOn: (events) => findings.hitsOn(events),
    onFindings(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      stopHearing();
      await judging.stop();
    },
  };
}

async function statusOf({ store, findings, book }: DetectionOptions, judging: Judging): Promise<DetectionStatus> {
  const [waiting, spans, inForce] = await Promise.all([
    store.arrivals.countWaiting(),
    findings.spans(),
    book.inForce(),
  ]);
  const terms = [...inForce.terms.values()];
  return {
    waitingLogFiles: waiting.logFiles,
    waitingEvents: waiting.events,
    judgedAt: judging.judgedAt,
    rules: inForce.rules.length,
    correlations: inForce.correlations.length,
    staged: terms.filter(({ isStaged }) => isStaged).length,
    spans: spans.length,
    problem: judging.problem,
  };
}

async function detailsOf(findings: FindingTable, id: string): Promise<FindingDetails | undefined> {
  const finding = await findings.get(id);
  if (finding === undefined) return undefined;
  const hits = await findings.hitsOf(finding.mergedInto ?? finding.id, evidenceMax);
  const events = [...new Set(hits.flatMap((hit) => hit.events))].slice(0, evidenceMax);
  return { finding, facts: finding.content as HitFacts, events };
}
