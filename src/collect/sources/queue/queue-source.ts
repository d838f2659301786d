import { readNotice } from "../../../cloudtrail/index.ts";
import { whyNot } from "../account-selection.ts";
import { diagnose } from "../diagnose.ts";
import { judgeKey } from "../judge-key.ts";
import { ObjectTaker, type HeardObject, type Taken } from "../object-taker.ts";
import { defineSource, type SourceContext } from "../source.ts";
import { accessSecrets } from "../../access/access-settings.ts";
import { BucketAudit } from "./bucket-audit.ts";
import { checkQueue } from "./check-queue.ts";
import { takeUpDue } from "../take-up-due.ts";
import { verifyingPermissions } from "../verifying-permissions.ts";
import { runQueueLoop, type MessageFate, type QueueMessage } from "./queue-loop.ts";
import { HeardRoots, rememberedRoots } from "./heard-roots.ts";
import { queueSettings, type QueueSettings } from "./queue-settings.ts";
import { StrangeMessages } from "./strange-messages.ts";

const minuteMs = 60_000;

/** Reads log files as the messages of a queue name them; a message is deleted when all that it names is stored. */
export const queueSource = defineSource<QueueSettings>({
  type: "queue",
  summary: "Reads log files as soon as a queue says that they have come; the quickest and cheapest way",
  settings: queueSettings,
  secrets: accessSecrets,
  permissions: [
    { action: "sqs:ReceiveMessage", purpose: "to receive messages" },
    { action: "sqs:DeleteMessage", purpose: "to delete a message when what it names is stored" },
    { action: "sqs:ChangeMessageVisibility", purpose: "to keep a message hidden while work on it goes on" },
    { action: "sqs:GetQueueAttributes", purpose: "to see whether messages wait", isOptional: true },
    { action: "s3:GetObject", purpose: "to read log files, and the digests that prove them" },
    { action: "kms:Decrypt", purpose: "to read log files that are encrypted with a KMS key", isOptional: true },
    { action: "s3:ListBucket", purpose: "to find digests, and log files that no message told of", isOptional: true },
    ...verifyingPermissions,
  ],
  access: (settings) => settings,
  place: ({ queueUrl }) => queueUrl,
  roots: (_settings, memory) => rememberedRoots(memory),
  quietAfterMs: () => 30 * minuteMs,
  run: runQueue,
  check: checkQueue,
});

async function runQueue(settings: QueueSettings, context: SourceContext): Promise<void> {
  const { report, clock, signal } = context;
  const sqs = await context.aws.client("sqs");
  const taker = new ObjectTaker(context, { region: settings.region, whyNot: whyNot(settings) });
  const roots = await HeardRoots.open(context.memory);
  const audit = await openAudit(settings, context, { taker, roots });
  const strange = await StrangeMessages.open(context);
  context.onSentAgain(async ({ body }) => {
    const fate = await readMessage(body, { taker, roots, audit, context });
    if (fate.kind === "strange") return { isDone: false, reason: fate.reason };
    return {
      isDone: fate.kind === "done",
      reason: fate.kind === "again" ? "not all that it names can be read yet" : "",
    };
  });
  await Promise.all([
    takeUpDue(taker, clock, signal),
    // Aborted it rejects, as everything else here ends.
    audit?.run(signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    }),
    runQueueLoop({
      sqs,
      queueUrl: settings.queueUrl,
      clock,
      signal,
      async handle(message): Promise<MessageFate> {
        const fate = await readMessage(message.body, { taker, roots, audit, context });
        if (fate.kind === "strange") return strange.meet(message, fate.reason);
        await strange.provenOurs();
        return fate;
      },
      onReceived(messages) {
        report.looked();
        report.messages(messages);
      },
      onTrouble: (error) =>
        report.trouble(
          diagnose(error, {
            what: `the queue ${settings.queueUrl}`,
            region: settings.region,
            now: clock.now(),
            roleArn: settings.roleArn,
          }),
        ),
    }),
  ]);
}

type Fate = MessageFate | { readonly kind: "strange"; readonly reason: string };

interface Hands {
  readonly taker: ObjectTaker;
  readonly roots: HeardRoots;
  readonly audit: BucketAudit | undefined;
  readonly context: SourceContext;
}

async function openAudit(
  settings: QueueSettings,
  context: SourceContext,
  hands: Pick<Hands, "taker" | "roots">,
): Promise<BucketAudit | undefined> {
  const everyMs = settings.auditEverySeconds * 1000;
  return everyMs === 0 ? undefined : BucketAudit.open(context, { everyMs, whyNot: whyNot(settings), ...hands });
}

/** Reads all that a message names. */
async function readMessage(body: QueueMessage["body"], { taker, roots, audit, context }: Hands): Promise<Fate> {
  const { report, signal } = context;
  const notice = readNotice(body);
  if (notice.kind === "unknown") return { kind: "strange", reason: notice.reason };
  if (notice.kind === "test") report.swallowed("test message");
  if (notice.kind === "nothing") report.swallowed("message that names no new object");
  if (notice.kind !== "objects") return { kind: "done" };
  const objects = new Map<string, HeardObject>();
  for (const object of notice.objects) {
    const { fate, kind } = judgeKey(object.key);
    await (audit ?? roots).hearOf(object);
    if (fate !== "nothing") objects.set(`${object.bucket}/${object.key}`, object);
    else report.swallowed(kind);
  }
  const taken = await Promise.all([...objects.values()].map((object) => taker.hear(object, signal)));
  const later = taken.filter((one): one is Taken & { kind: "later" } => one.kind === "later");
  if (later.length === 0) return { kind: "done" };
  return { kind: "again", afterMs: Math.min(...later.map(({ afterMs }) => afterMs)) };
}
