import { openClient } from "../client.ts";
import {
  dataOptions,
  defineCommand,
  textOption,
  type Arguments,
  type Command,
  type CommandContext,
} from "../command.ts";
import { byOf, byOption } from "../incident-request.ts";
import { printRules } from "../print/rules.ts";
import {
  invalid,
  numberOption,
  outcomeWords,
  ruleOf,
  rulesOf,
  settle,
  spanOption,
  wordOption,
  type SettingsBody,
} from "../rule-request.ts";

const noteOptions = {
  ...dataOptions,
  note: { type: "string", value: "TEXT", summary: "Why, for who reads it next year" },
  ...byOption,
} as const;

const levels = ["informational", "low", "medium", "high", "critical"] as const;

export const rulesEnableCommand: Command = defineCommand({
  name: "rules-enable",
  summary: "Turn rules on: what they find from now on counts",
  usage: "RULE…",
  options: noteOptions,
  examples: ["trailwarden rules enable root-access-key-made"],
  run: (args, context) => settleAll(rulesOf(rulesEnableCommand, args), { status: "on" }, args, context),
});

export const rulesDisableCommand: Command = defineCommand({
  name: "rules-disable",
  summary: "Turn rules off: they are not run any more",
  usage: "RULE…",
  options: noteOptions,
  examples: ["trailwarden rules disable console-screenshot-taken --note 'Support does it all day'"],
  run: (args, context) => settleAll(rulesOf(rulesDisableCommand, args), { status: "off" }, args, context),
});

export const rulesStageCommand: Command = defineCommand({
  name: "rules-stage",
  summary: "Let rules run quietly for some days; those that find little are on from then on",
  usage: "RULE…",
  options: {
    ...noteOptions,
    days: { type: "string", value: "N", summary: "For so many days (default 7)" },
    "at-most": { type: "string", value: "N", summary: "Promoted with at most so many findings (default 10)" },
  },
  examples: ["trailwarden rules stage role-console-sign-in --days 14 --at-most 5"],
  run: (args, context) => {
    const stage = { days: numberOption(args, "days") ?? 7, findingsMax: numberOption(args, "at-most") ?? 10 };
    return settleAll(rulesOf(rulesStageCommand, args), { status: "staged", stage }, args, context);
  },
});

export const rulesSetCommand: Command = defineCommand({
  name: "rules-set",
  summary: "Say how severe a rule is in this house, how long its matches are one finding, what becomes of them",
  usage: "RULE",
  options: {
    ...noteOptions,
    severity: { type: "string", value: "LEVEL", summary: `${levels.join(", ")}, or default for the rule's own` },
    dedup: {
      type: "string",
      value: "SPAN",
      summary: "Matches of one actor within it are one finding: 15m, 1h, or default",
    },
    outcome: { type: "string", value: "WORD", summary: `${outcomeWords.join(", ")}, or default` },
  },
  examples: [
    "trailwarden rules set role-console-sign-in --severity low --dedup 1d",
    "trailwarden rules set role-console-sign-in --severity default",
  ],
  run: (args, context) => {
    const change = readChange(args);
    if (Object.keys(change).length === 0 && textOption(args, "note") === undefined) {
      throw invalid("Say what of the rule", "Give --severity, --dedup, --outcome or --note");
    }
    return settleAll([ruleOf(rulesSetCommand, args)], change, args, context);
  },
});

const usual = "default";

function readChange(args: Arguments): SettingsBody {
  const severity = wordOption(args, "severity", [...levels, usual]);
  const outcome = wordOption(args, "outcome", [...outcomeWords, usual]);
  const dedupMs = textOption(args, "dedup") === usual ? null : spanOption(args, "dedup");
  return {
    ...(severity === undefined ? {} : { severity: severity === usual ? null : severity }),
    ...(outcome === undefined ? {} : { outcome: outcome === usual ? null : outcome }),
    ...(dedupMs === undefined ? {} : { dedupMs }),
  };
}

async function settleAll(
  rules: readonly string[],
  change: SettingsBody,
  args: Arguments,
  context: CommandContext,
): Promise<number> {
  const note = textOption(args, "note");
  const json = { ...change, by: byOf(args, context), ...(note === undefined ? {} : { note }) };
  await using client = await openClient(args, context);
  const settled = [];
  for (const rule of rules) settled.push(await settle(client, rule, json));
  await context.terminal.data(printRules(settled, context.terminal.columns));
  return 0;
}
