import type { DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { compared, isSamePlace, mentionsOf, nameNow } from "./settings-now.ts";

/** Notices come with SNS's envelope where they came bare, or the other way round. */
export const rawDeliveryFlipped: DriftCheck = {
  name: "raw-delivery-flipped",
  summary: "Raw delivery of the subscription was switched: notices have another form",
  find(context) {
    const both = compared(context, "subscription");
    if (both?.was === undefined || both.is === undefined || !isSamePlace(context, "subscription")) return [];
    if (both.was.isRaw === both.is.isRaw) return [];
    const [queue, topic] = [nameNow(context, "queue"), nameNow(context, "topic")];
    const formOf = (isRaw: boolean) => (isRaw ? "bare" : "in SNS's envelope");
    return [
      {
        check: "raw-delivery-flipped",
        about: `the subscription of the queue ${queue} to the topic ${topic}`,
        sentence: `Notices came into the queue ${queue} ${formOf(both.was.isRaw)} and come ${formOf(both.is.isRaw)}`,
        loss: "Nothing here: both forms are read. Other programs that read the queue may understand one of them only, and without the envelope nobody sees which topic a notice came from",
        manner: "repair",
        steps: changeSteps(
          context,
          "subscription",
          { ...both.is, isRaw: both.was.isRaw },
          {
            what: `Let notices come into the queue ${queue} ${formOf(both.was.isRaw)} again`,
            why: "So they came when it was agreed on",
            undo: `They come ${formOf(both.is.isRaw)} again`,
          },
        ),
        help: "If another program wants the new form, agree on the way as it is instead",
        culprit: {
          eventNames: ["SetSubscriptionAttributes", "Subscribe"],
          mentions: mentionsOf(context.now.places.topic),
        },
      },
    ];
  },
};
