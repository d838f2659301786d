import { isSameValue } from "../settings/same-value.ts";
import type { SelectorsValue } from "../settings/values.ts";
import type { DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { compareSelectors, type EventKind } from "./compare-selectors.ts";
import { advancedOf } from "./read-selectors.ts";
import { compared, mentionsOf, nameNow, valueNow } from "./settings-now.ts";

/** AWS takes five basic selectors of a trail (CloudTrail User Guide, "Quotas"). */
const basicMax = 5;
/** As many kinds of events are named. */
const namedMax = 6;

/** The trail records fewer kinds of events; that it records more is no drift. */
export const selectorsNarrowed: DriftCheck = {
  name: "selectors-narrowed",
  summary: "The trail's event selectors let fewer kinds of events in than before",
  find(context) {
    const both = compared(context, "trail-selectors");
    // A trail of which selectors were never known has nothing to be held against.
    if (both?.was === undefined || valueNow(context, "trail") === undefined) return [];
    const { lost, gained } = compareSelectors(both.was, both.is);
    if (lost.length === 0) return [];
    const name = nameNow(context, "trail");
    const isFree = lost.every(({ category }) => category === "Management");
    const after = gained.length === 0 || both.is === undefined ? both.was : joined(both.was, both.is);
    return [
      {
        check: "selectors-narrowed",
        about: `the event selectors of the trail ${name}`,
        sentence: `The trail ${name} does not record any more: ${listed(lost)}`,
        loss: "Since then these events are not in any log file, and rules that look at them see nothing",
        // Data and network activity events are charged: that somebody saves money is not turned back by itself.
        manner: isFree ? "repair" : "propose",
        steps: changeSteps(context, "trail-selectors", after, {
          what: `Let the trail ${name} record again what it recorded`,
          why: `It does not record ${listed(lost)}; what it records beside stays`,
          cost: isFree
            ? "Nothing, where this is the account's first copy of management events"
            : "Data and network activity events are charged by their number: as much as before they were left out",
          undo: "The selectors are set back; what was recorded meanwhile stays",
        }),
        help: "If it was done to save money, agree on the way as it is instead",
        culprit: { eventNames: ["PutEventSelectors"], mentions: mentionsOf(context.now.places.trail) },
      },
    ];
  },
};

/** Both together: a union, as an event is recorded when any selector lets it in. */
function joined(was: SelectorsValue, is: SelectorsValue): SelectorsValue {
  const both = withoutTwins([...(was.basic ?? []), ...(is.basic ?? [])]);
  if (was.advanced === undefined && is.advanced === undefined && both.length <= basicMax) return { basic: both };
  return { advanced: withoutTwins([...advancedOf(was), ...advancedOf(is)]) };
}

function withoutTwins<One>(list: readonly One[]): readonly One[] {
  return list.filter((one, index) => list.findIndex((other) => isSameValue(one, other)) === index);
}

function listed(kinds: readonly EventKind[]): string {
  const named = kinds.slice(0, namedMax).map(({ words }) => words);
  const more = kinds.length - named.length;
  return [...named, ...(more === 0 ? [] : [`${more} more kinds`])].join(", ");
}
