import type { IntegrityFindingAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { integrityOptions, readIntegrityAsk } from "../integrity-request.ts";
import { printFindings } from "../print/integrity.ts";

const pageMax = 500;

export const integrityFindingsCommand = defineCommand({
  name: "integrity-findings",
  summary: "What is broken, missing or overdue, each with what to do; ends with 1 when any is open",
  usage: "",
  options: {
    ...dataOptions,
    ...integrityOptions,
    from: { ...integrityOptions.from, summary: "Of log files delivered from then on (default ever)" },
    all: { type: "boolean", summary: "Those that are settled, too" },
    json: { type: "boolean", summary: "Print as JSON, one finding a line" },
  },
  examples: ["trailwarden integrity findings", "trailwarden integrity findings --all --from now-90d --json"],
  async run(args, context) {
    await using client = await openClient(args, context);
    const asked = { ...readIntegrityAsk(args), ...(flagOption(args, "all") ? {} : { open: "true" as const }) };
    let [after, count, open]: [string | null, number, number] = [null, 0, 0];
    do {
      const query = { ...asked, limit: String(pageMax), ...(after === null ? {} : { after }) };
      const response = await client.ok(client.api.verify.findings.$get({ query }));
      const page = (await response.json()) as { findings: IntegrityFindingAnswer[]; next: string | null };
      count += page.findings.length;
      open += page.findings.filter(({ settledAt }) => settledAt === null).length;
      after = page.next;
      if (flagOption(args, "json")) {
        for (const finding of page.findings) await context.terminal.data(`${JSON.stringify(finding)}\n`);
      } else await context.terminal.data(printFindings(page.findings));
    } while (after !== null);
    if (count === 0) context.terminal.talk("Nothing was found: no break, no gap, nothing overdue");
    return open > 0 ? 1 : 0;
  },
});
