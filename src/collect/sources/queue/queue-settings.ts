import { z } from "zod";
import { accessShape, refineAccess, type AccessSettings } from "../../access/access-settings.ts";
import { selectionShape } from "../account-selection.ts";

/** AWS's form (SQS Developer Guide, "Queue and message identifiers"), or any that an emulator uses. */
const awsQueue = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(\d{12})\/[\w-]{1,80}(?:\.fifo)?$/;

export const queueSettings = z
  .object({
    queueUrl: z.url().describe("URL of the queue that hears of new log files"),
    ...accessShape,
    ...selectionShape,
    auditEverySeconds: z
      .number()
      .int()
      .min(0)
      .max(86_400)
      .default(900)
      .describe(
        "How often the buckets that messages name are listed, for log files that no message told of; 0 for never",
      ),
  })
  .superRefine(refineQueue);

export type QueueSettings = z.infer<typeof queueSettings>;

/** What cannot be right in a queue's URL and what is said beside it. */
export function refineQueue(
  settings: AccessSettings & { readonly queueUrl: string },
  context: z.core.$RefinementCtx,
): void {
  refineAccess(settings, context);
  const [, region, account] = awsQueue.exec(settings.queueUrl) ?? [];
  if (settings.endpoint !== undefined) return;
  if (region === undefined) {
    const message = "A queue's URL looks like https://sqs.eu-central-1.amazonaws.com/111122223333/name";
    context.addIssue({ code: "custom", path: ["queueUrl"], message });
    return;
  }
  if (region !== settings.region) {
    const message = `The queue is in ${region} by its URL, not in ${settings.region}`;
    context.addIssue({ code: "custom", path: ["region"], message });
  }
  if (settings.accountId !== undefined && settings.accountId !== account) {
    const message = `The queue is of account ${account} by its URL, not of ${settings.accountId}`;
    context.addIssue({ code: "custom", path: ["accountId"], message });
  }
}
