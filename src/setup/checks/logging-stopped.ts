import type { DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { compared, mentionsOf, nameNow, valueNow } from "./settings-now.ts";

/** The trail is there and records nothing. */
export const loggingStopped: DriftCheck = {
  name: "logging-stopped",
  summary: "The trail was stopped: it is there, but records nothing",
  find(context) {
    const both = compared(context, "trail-logging");
    if (valueNow(context, "trail") === undefined || both?.was !== true || both.is === true) return [];
    const name = nameNow(context, "trail");
    const stoppedAt = context.now.status?.stoppedAt;
    const since = stoppedAt === undefined ? "it was stopped" : new Date(stoppedAt).toISOString();
    return [
      {
        check: "logging-stopped",
        about: `the trail ${name}`,
        sentence: `The trail ${name} was logging and is stopped`,
        loss: `Since ${since} nothing is recorded: those log files are never made. What AWS keeps for 90 days by itself, the event history, has the management events of that time only`,
        manner: "repair",
        steps: changeSteps(context, "trail-logging", true, {
          what: `Start the trail ${name} again`,
          why: "A stopped trail records nothing, and what is not recorded cannot be had later",
          cost: "What it cost before it was stopped",
          undo: "It is stopped again",
        }),
        help: "Ask who stopped it, and why: stopping a trail is what an intruder does first",
        culprit: { eventNames: ["StopLogging"], mentions: mentionsOf(context.now.places.trail) },
      },
    ];
  },
};
