import type { DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { compared, isSamePlace, mentionsOf, nameNow } from "./settings-now.ts";

/** A filter lets some notices through, or none. */
export const subscriptionFiltered: DriftCheck = {
  name: "subscription-filtered",
  summary: "The subscription was given a filter policy, which holds notices back",
  find(context) {
    const both = compared(context, "subscription");
    if (both?.was === undefined || both.is === undefined || !isSamePlace(context, "subscription")) return [];
    const [was, is] = [meaningOf(both.was.filterPolicy), meaningOf(both.is.filterPolicy)];
    if (is === "" || is === was) return [];
    const [queue, topic] = [nameNow(context, "queue"), nameNow(context, "topic")];
    return [
      {
        check: "subscription-filtered",
        about: `the subscription of the queue ${queue} to the topic ${topic}`,
        sentence: `The subscription of the queue ${queue} had ${was === "" ? "no filter" : `the filter ${was}`} and has the filter ${is}`,
        loss: "CloudTrail's notices have no attributes: most filters let none of them through. The log files themselves stay in the bucket",
        manner: "repair",
        steps: changeSteps(
          context,
          "subscription",
          { ...both.is, filterPolicy: both.was.filterPolicy },
          {
            what: `${was === "" ? "Take the filter off" : "Put the earlier filter on"} the subscription of the queue ${queue}`,
            why: "Every notice of a log file has to come into the queue",
            undo: "The filter is put back",
          },
        ),
        help: "Log files whose notices were held back are looked up in the bucket afterwards",
        culprit: {
          eventNames: ["SetSubscriptionAttributes", "Subscribe"],
          mentions: mentionsOf(context.now.places.topic),
        },
        replays: true,
      },
    ];
  },
};

/** A filter as one text; `{}` filters nothing. */
function meaningOf(filterPolicy: string): string {
  if (filterPolicy.trim() === "") return "";
  try {
    const text = JSON.stringify(JSON.parse(filterPolicy));
    return text === "{}" ? "" : text;
  } catch {
    return filterPolicy;
  }
}
