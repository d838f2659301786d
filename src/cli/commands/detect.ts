import type { DetectionAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { plural, printAgo } from "../print/figures.ts";
import { safeText } from "../print/safe-text.ts";

export const detectCommand = defineCommand({
  name: "detect",
  summary: "Hold all that is stored and not judged yet against the rules now; a running server does so by itself",
  usage: "",
  options: {
    ...dataOptions,
    status: { type: "boolean", summary: "Only say how far it has come" },
    json: { type: "boolean", summary: "Print as JSON" },
  },
  examples: ["trailwarden detect", "trailwarden detect --status"],
  async run(args, context) {
    await using client = await openClient(args, context);
    const { detect } = client.api;
    if (!flagOption(args, "status")) await client.ok(detect.rounds.$post());
    const response = await client.ok(detect.status.$get());
    const status = (await response.json()) as DetectionAnswer;
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify(status)}\n`);
    else await context.terminal.data(printStatus(status, context.now()));
    return 0;
  },
});

function printStatus(status: DetectionAnswer, now: number): string {
  const { waitingLogFiles, waitingEvents, judgedAt, rules, correlations, staged, spans, problem } = status;
  const waiting =
    waitingLogFiles === 0
      ? "Everything that is stored is judged"
      : `${plural(waitingEvents, "event")} of ${plural(waitingLogFiles, "log file")} wait to be judged`;
  const again = spans === 0 ? "" : `; ${plural(spans, "span")} of time to be gone through once more for correlations`;
  const trial = staged === 0 ? "" : `, ${staged} of them tried out`;
  const lines = [
    `${waiting}${again}`,
    `${plural(rules, "rule")} and ${plural(correlations, "correlation")} in force${trial}; last judged ${printAgo(judgedAt, now)}`,
    ...(problem === null ? [] : [problem]),
  ];
  return lines.map((line) => `${safeText(line)}\n`).join("");
}
