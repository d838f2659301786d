import { hash } from "node:crypto";
import { gathered } from "../../../base/gathered.ts";
import type { FileOutcome } from "../../intake/intake.ts";
import type { SourceContext } from "../source.ts";
import type { BusRecord } from "./read-bus-message.ts";

/** Messages of one file. */
const messagesMax = 300;
/** One file is stored while the next is gathered. */
const filesAtOnce = 2;

/** Stores the records of messages, those of several messages as one file: resolves when they are stored. */
export function openEventFiles(
  queueUrl: string,
  { intake, report, signal, name: source }: SourceContext,
): (records: readonly BusRecord[]) => Promise<FileOutcome> {
  const { host, pathname } = new URL(queueUrl);
  return gathered<readonly BusRecord[], FileOutcome>(
    async (messages) => {
      const lines = messages.flat().flatMap(({ bytes }) => [bytes, newLine]);
      const bytes = Buffer.concat(lines);
      const version = hash("sha256", bytes);
      using room = await intake.room(source, bytes.length, signal);
      void room;
      const name = `events://${host}${pathname}/${version.slice(0, 32)}`;
      const outcome = await intake.take({ name, version, source, lane: source, content: { bytes } });
      const { stored, duplicates, lastEventAt } = outcome;
      report.stored({ events: stored, duplicates, lastEventAt });
      return messages.map(() => outcome);
    },
    { itemsMax: messagesMax, callsMax: filesAtOnce },
  );
}

const newLine = Buffer.from("\n");
