import type { IncidentAnswer, IncidentChangeBody } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, textOption, type Arguments, type Command } from "../command.ts";
import { CommandError } from "../errors.ts";
import { byOf, byOption } from "../incident-request.ts";
import { safeText } from "../print/safe-text.ts";
import { nameOf } from "../source-request.ts";

type Change = IncidentChangeBody["change"];

export const incidentSetCommand: Command = defineCommand({
  name: "incident-set",
  summary: "Change an incident: its state, owner or severity; comment on it, or silence it for a time",
  usage: "NAME",
  options: {
    ...dataOptions,
    state: { type: "string", value: "STATE", summary: "new, triaged, contained or closed" },
    as: {
      type: "string",
      value: "REASON",
      summary: "With --state closed: resolved, false-positive, expected, duplicate or not-actionable",
    },
    owner: { type: "string", value: "NAME", summary: "Whose it is; an empty text for nobody's" },
    severity: { type: "string", value: "LEVEL", summary: "informational, low, medium, high or critical" },
    comment: { type: "string", value: "TEXT", summary: "What you have to say" },
    "silent-until": { type: "string", value: "TIME", summary: "Nobody is told of it until then: now+8h" },
    ...byOption,
    json: { type: "boolean", summary: "Print the incident as JSON" },
  },
  examples: [
    "trailwarden incident set INC-12 --state triaged --owner mary",
    "trailwarden incident set INC-12 --state closed --as false-positive --comment 'The yearly drill'",
  ],
  async run(args, context) {
    const name = nameOf(incidentSetCommand, args, "incident");
    const changes = readChanges(args);
    await using client = await openClient(args, context);
    let incident: IncidentAnswer | undefined;
    for (const change of changes) {
      const json = { change, by: byOf(args, context) };
      const response = await client.ok(
        client.api.incidents[":incident"].changes.$post({ param: { incident: name }, json }),
      );
      ({ incident } = (await response.json()) as { incident: IncidentAnswer });
    }
    if (incident === undefined) return 0;
    const { state, closedAs, severity, owner, title } = incident;
    const line = `${incident.name} ${severity}, ${state}${closedAs === null ? "" : ` as ${closedAs}`}, ${owner || "nobody's"}: ${title}`;
    await context.terminal.data(flagOption(args, "json") ? `${JSON.stringify(incident)}\n` : `${safeText(line)}\n`);
    return 0;
  },
});

/** In an order in which each is still possible: an incident that is closed is not given away any more. */
function readChanges(args: Arguments): readonly Change[] {
  const [owner, severity, comment] = [
    textOption(args, "owner"),
    textOption(args, "severity"),
    textOption(args, "comment"),
  ];
  const [state, until, closedAs] = [
    textOption(args, "state"),
    textOption(args, "silent-until"),
    textOption(args, "as"),
  ];
  // Which words there are, the server says.
  const changes = [
    ...(owner === undefined ? [] : [{ kind: "owner", owner }]),
    ...(severity === undefined ? [] : [{ kind: "severity", severity }]),
    ...(comment === undefined || state !== undefined ? [] : [{ kind: "comment", comment }]),
    ...(until === undefined ? [] : [{ kind: "silence", until }]),
    ...(state === undefined
      ? []
      : [
          {
            kind: "state",
            state,
            ...(closedAs === undefined ? {} : { closedAs }),
            ...(comment === undefined ? {} : { comment }),
          },
        ]),
  ] as Change[];
  if (changes.length > 0) return changes;
  throw new CommandError("There is nothing to change", {
    code: "arguments-invalid",
    fault: "user",
    help: "Name --state, --owner, --severity, --comment or --silent-until",
  });
}
