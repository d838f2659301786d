import { accessSecrets } from "../../access/access-settings.ts";
import { nextTryAfterMs } from "../../fetch/patience.ts";
import type { FileOutcome } from "../../intake/intake.ts";
import { whyNot } from "../account-selection.ts";
import { AccountSightings } from "../account-sightings.ts";
import { diagnose } from "../diagnose.ts";
import { good, type Finding } from "../findings.ts";
import { receiveSome } from "../queue/check-queue.ts";
import { runQueueLoop, type MessageFate } from "../queue/queue-loop.ts";
import { StrangeMessages, type StrangeWords } from "../queue/strange-messages.ts";
import { defineSource, type CheckContext, type SourceContext } from "../source.ts";
import { openEventFiles } from "./event-files.ts";
import { eventsSettings, type EventsSettings } from "./events-settings.ts";
import { readBusMessage, type BusRecord } from "./read-bus-message.ts";

const hourMs = 3_600_000;
const strangeWords: StrangeWords = {
  are: "messages that hold no event of CloudTrail",
  help: "See that the rule of EventBridge that sends to this queue matches what comes via CloudTrail",
};

/** Takes events from EventBridge, seconds after the call; each is matched with its log file when that comes. */
export const eventsSource = defineSource<EventsSettings>({
  type: "events",
  summary:
    "Takes events from EventBridge, seconds after the call and minutes before their log file, which they are matched with",
  settings: eventsSettings,
  secrets: accessSecrets,
  permissions: [
    { action: "sqs:ReceiveMessage", purpose: "to receive events" },
    { action: "sqs:DeleteMessage", purpose: "to delete an event's message when the event is stored" },
    { action: "sqs:ChangeMessageVisibility", purpose: "to keep a message hidden while its event is being stored" },
    { action: "sqs:GetQueueAttributes", purpose: "to see whether messages wait", isOptional: true },
  ],
  access: (settings) => settings,
  place: ({ queueUrl }) => queueUrl,
  quietAfterMs: () => hourMs,
  run: runEvents,
  check: checkEvents,
});

type Reading = MessageFate | { readonly kind: "strange"; readonly reason: string } | { readonly kind: "other" };

async function runEvents(settings: EventsSettings, context: SourceContext): Promise<void> {
  const { clock, signal, report } = context;
  const { queueUrl, region, roleArn } = settings;
  const read = openReading(settings, context);
  const strange = await StrangeMessages.open(context, strangeWords);
  context.onSentAgain(async ({ body }) => {
    const reading = await read(body, 1);
    if (reading.kind === "strange") return { isDone: false, reason: reading.reason };
    return { isDone: reading.kind !== "again", reason: reading.kind === "again" ? "it could not be stored yet" : "" };
  });
  const about = { what: `the queue ${queueUrl}`, region, roleArn };
  await runQueueLoop({
    sqs: await context.aws.client("sqs"),
    queueUrl,
    clock,
    signal,
    async handle(message): Promise<MessageFate> {
      const reading = await read(message.body, message.received);
      if (reading.kind === "strange") return strange.meet(message, reading.reason);
      if (reading.kind === "other") {
        if (!strange.isOurs) return strange.meet(message, "It is an event of EventBridge, but none of CloudTrail's");
        report.swallowed("event of EventBridge that is none of CloudTrail's");
        return { kind: "done" };
      }
      if (reading.kind === "done") await strange.provenOurs();
      return reading;
    },
    onReceived(messages) {
      report.looked();
      report.messages(messages);
    },
    onTrouble: (error) => report.trouble(diagnose(error, { ...about, now: clock.now() })),
  });
}

/** How one message is read and stored. */
function openReading(
  settings: EventsSettings,
  context: SourceContext,
): (body: string, received: number) => Promise<Reading> {
  const { report, signal } = context;
  const store = openEventFiles(settings.queueUrl, context);
  const accounts = new AccountSightings(context);
  const reasonAgainst = whyNot(settings);
  return async (body, received) => {
    const message = readBusMessage(body);
    if (message.kind === "unknown") return { kind: "strange", reason: message.reason };
    if (message.kind === "other") return { kind: "other" };
    const wanted = message.records.filter(
      ({ accountId }) => accountId === "" || reasonAgainst(accountId) === undefined,
    );
    const leftOut = message.records.length - wanted.length;
    if (leftOut > 0) report.swallowed("account that is not selected", leftOut);
    if (wanted.length === 0) return { kind: "done" };
    const stored = await tryToStore(wanted, store);
    if ("error" in stored) {
      signal.throwIfAborted();
      const finding = diagnose(stored.error, { what: "what the queue brought" });
      report.trouble(finding, "reading");
      return { kind: "again", afterMs: nextTryAfterMs(received, finding.code) };
    }
    for (const { accountId } of wanted) await accounts.see(accountId);
    return { kind: "done" };
  };
}

async function tryToStore(
  records: readonly BusRecord[],
  store: (records: readonly BusRecord[]) => Promise<FileOutcome>,
): Promise<{ readonly outcome: FileOutcome } | { readonly error: unknown }> {
  try {
    return { outcome: await store(records) };
  } catch (error) {
    return { error };
  }
}

async function* checkEvents(settings: EventsSettings, context: CheckContext): AsyncGenerator<Finding> {
  const bodies = yield* receiveSome(settings, context);
  if (bodies === undefined || bodies.length === 0) return;
  const events = bodies.filter((body) => readBusMessage(body).kind === "records").length;
  if (events > 0) {
    const all = events === bodies.length;
    yield good(all ? "What waits there are events of CloudTrail" : "Some of what waits there are events of CloudTrail");
    return;
  }
  yield {
    code: "queue-not-ours",
    isGood: false,
    sentence: "None of the messages that wait in the queue holds an event of CloudTrail",
    help: strangeWords.help,
  };
}
