import { z } from "zod";
import { accessShape } from "../../access/access-settings.ts";
import { selectionShape } from "../account-selection.ts";
import { refineQueue } from "../queue/queue-settings.ts";

export const eventsSettings = z
  .object({
    queueUrl: z.url().describe("URL of the queue that a rule of EventBridge sends CloudTrail's events to"),
    region: accessShape.region.describe("Region of the queue, such as eu-central-1"),
    accountId: accessShape.accountId,
    roleArn: accessShape.roleArn,
    externalId: accessShape.externalId,
    endpoint: accessShape.endpoint,
    ...selectionShape,
  })
  .superRefine(refineQueue);

export type EventsSettings = z.infer<typeof eventsSettings>;
