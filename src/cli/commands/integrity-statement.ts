import type { StatementAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { integrityOptions, readIntegrityAsk } from "../integrity-request.ts";
import { printStatements } from "../print/integrity.ts";

const { account, from, to } = integrityOptions;

export const integrityStatementCommand = defineCommand({
  name: "integrity-statement",
  summary:
    "Which days of which accounts are complete and proven, and why others are not; ends with 1 when something is wrong",
  usage: "",
  options: { ...dataOptions, account, from, to, json: { type: "boolean", summary: "Print as JSON" } },
  examples: ["trailwarden integrity statement --account 111122223333 --from 2026-01-01 --to 2026-02-01"],
  async run(args, context) {
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.verify.statements.$get({ query: readIntegrityAsk(args) }));
    const { statements } = (await response.json()) as { statements: StatementAnswer[] };
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify({ statements }, undefined, 2)}\n`);
    else await context.terminal.data(printStatements(statements));
    if (statements.length === 0) context.terminal.talk("No log files of these days are known: nothing can be said");
    return statements.length === 0 || statements.some(({ isProblem }) => isProblem) ? 1 : 0;
  },
});
