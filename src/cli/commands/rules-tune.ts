import type { TuningAnswer } from "../../server/index.ts";
import { openClient, type Client } from "../client.ts";
import { dataOptions, defineCommand, flagOption, textOption, type Command } from "../command.ts";
import { safeText } from "../print/safe-text.ts";
import { printTable } from "../print/table.ts";
import { askRule, invalid, rulesOf } from "../rule-request.ts";

export const rulesTuneCommand: Command = defineCommand({
  name: "rules-tune",
  summary: "Let rules leave out the events that fit a query, without touching their files",
  usage: "RULE…",
  options: {
    ...dataOptions,
    without: { type: "string", value: "QUERY", summary: "The events to leave out, as in trailwarden search" },
    reason: { type: "string", value: "TEXT", summary: "Why, for who reads it next year" },
    until: { type: "string", value: "TIME", summary: "It ends by itself then: 2027-01-02 or now+30d" },
    name: {
      type: "string",
      value: "NAME",
      summary: "What it is called (default: after the rule); the same name replaces it",
    },
  },
  examples: [
    "trailwarden rules tune root-console-sign-in --without 'account:111122223333' --reason 'Break-glass account'",
    "trailwarden rules tune all --without 'user:pentest' --reason 'Test of November' --until now+14d --name pentest",
  ],
  async run(args, context) {
    const named = rulesOf(rulesTuneCommand, args);
    const query = textOption(args, "without");
    const reason = textOption(args, "reason");
    if (query === undefined) throw invalid("Say which events are to be left out", "Give --without QUERY");
    if (reason === undefined) throw invalid("Say why", "Give --reason TEXT");
    await using client = await openClient(args, context);
    const isAll = named.length === 1 && named[0] === "all";
    const rules = isAll ? [] : await Promise.all(named.map((rule) => askRule(client, rule)));
    const until = textOption(args, "until");
    const name = textOption(args, "name") ?? (await freeName(client, rules[0]?.title ?? "all"));
    const json = { rules: rules.map(({ key }) => key), query, reason, ...(until === undefined ? {} : { until }) };
    const response = await client.ok(client.api.detect.tunings[":name"].$put({ param: { name }, json }));
    const { tuning } = (await response.json()) as { readonly tuning: TuningAnswer };
    await context.terminal.data(printTunings([tuning], context.terminal.columns));
    context.terminal.talk(`What it leaves out is stored as before; trailwarden rules tunings --remove ${name} ends it`);
    return 0;
  },
});

export const rulesTuningsCommand = defineCommand({
  name: "rules-tunings",
  summary: "Which events rules leave out, why and how long",
  usage: "",
  options: {
    ...dataOptions,
    remove: { type: "string", value: "NAME", summary: "Remove this one" },
    json: { type: "boolean", summary: "Print as JSON, one a line" },
  },
  examples: ["trailwarden rules tunings", "trailwarden rules tunings --remove pentest"],
  async run(args, context) {
    await using client = await openClient(args, context);
    const remove = textOption(args, "remove");
    if (remove !== undefined) {
      await client.ok(client.api.detect.tunings[":name"].$delete({ param: { name: encodeURIComponent(remove) } }));
      context.terminal.talk(`${safeText(remove)} is gone`);
      return 0;
    }
    const tunings = await askTunings(client);
    if (flagOption(args, "json")) {
      for (const tuning of tunings) await context.terminal.data(`${JSON.stringify(tuning)}\n`);
    } else if (tunings.length === 0) context.terminal.talk("There are none");
    else await context.terminal.data(printTunings(tunings, context.terminal.columns));
    return 0;
  },
});

async function askTunings(client: Client): Promise<readonly TuningAnswer[]> {
  const response = await client.ok(client.api.detect.tunings.$get());
  return ((await response.json()) as { readonly tunings: TuningAnswer[] }).tunings;
}

/** A name after a rule's title that no tuning has yet. */
async function freeName(client: Client, title: string): Promise<string> {
  const words = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const name = words.replaceAll(/^-+|-+$/g, "").slice(0, 50) || "tuning";
  const taken = new Set((await askTunings(client)).map((tuning) => tuning.name));
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
  return free;
}

function printTunings(tunings: readonly TuningAnswer[], columns: number): string {
  return printTable(
    ["name", "rules", "until", "without", "reason"],
    tunings.map(({ name, rules, until, query, reason }) => [
      name,
      rules.length === 0 ? "all" : rules.join(", "),
      until === null ? "" : `${until.slice(0, 16)}Z`,
      query,
      reason,
    ]),
    columns,
  );
}
