import { accountIdOf } from "../../base/account-id.ts";
import type { SilenceAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, textOption, givenOptions } from "../command.ts";
import { byOf, byOption } from "../incident-request.ts";

export const silenceAddCommand = defineCommand({
  name: "silence-add",
  summary: "Let what fits open no incident and disturb nobody for a time; it stays a finding",
  usage: "",
  options: {
    ...dataOptions,
    rule: { type: "string", value: "RULE", summary: "Findings of this rule" },
    actor: { type: "string", value: "ARN", summary: "Findings of this actor" },
    account: { type: "string", value: "ID", summary: "Findings in this account" },
    resource: { type: "string", value: "ARN", summary: "Findings about this resource" },
    until: { type: "string", value: "TIME", summary: "When it ends: now+8h, now+7d (default now+1d)" },
    reason: { type: "string", value: "TEXT", summary: "Why; stands in the history" },
    ...byOption,
  },
  examples: [
    "trailwarden silence add --actor arn:aws:iam::111122223333:role/Drill --until now+8h --reason 'The drill'",
  ],
  async run(args, context) {
    await using client = await openClient(args, context);
    const { account, ...scope } = givenOptions(args, ["rule", "actor", "account", "resource"]);
    const json = {
      scope: { ...scope, ...(account === undefined ? {} : { accountId: accountIdOf(account) }) },
      until: textOption(args, "until") ?? "now+1d",
      reason: textOption(args, "reason") ?? "no reason given",
      by: byOf(args, context),
    };
    const response = await client.ok(client.api.incidents.silences.$post({ json }));
    const { silence } = (await response.json()) as { silence: SilenceAnswer };
    await context.terminal.data(`${silence.id}\n`);
    context.terminal.talk(`Silent until ${silence.until}; trailwarden silence end ${silence.id} ends it before`);
    return 0;
  },
});
