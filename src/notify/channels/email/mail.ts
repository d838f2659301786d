import { createHash } from "node:crypto";
import type { Message } from "../../message.ts";
import { bodyAsText } from "../../say/as-text.ts";
import { mailHtml } from "./mail-html.ts";

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

/** A message as RFC 5322 has it: headers folded and encoded by the library, text beside HTML. */
export async function mailOf(
  message: Message,
  { from, to }: { readonly from: string; readonly to: readonly string[] },
): Promise<Mail> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const domain = from.split("@")[1] ?? "localhost";
  const thread = `<${idOf(message.thread)}@${domain}>`;
  const composer = new MailComposer({
    from: { name: "Trailwarden", address: from },
    to: [...to],
    subject: message.subject,
    // The same over all tries: a mail program shows a message that came twice once.
    messageId: `<${message.key}@${domain}>`,
    // Nobody has the first of the thread; mail programs put together what refers to the same.
    inReplyTo: thread,
    references: [thread],
    date: new Date(message.at),
    text: `${message.subject}\n\n${bodyAsText(message)}\n`,
    html: mailHtml(message),
    // No vacation notes, no answers by machines (RFC 3834).
    headers: { "Auto-Submitted": "auto-generated", "X-Trailwarden-Severity": message.severity },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const raw = await composer.compile().build();
  return { from, to, raw };
}

function idOf(thread: string): string {
  return `thread-${createHash("sha256").update(thread).digest("hex").slice(0, 32)}`;
}
