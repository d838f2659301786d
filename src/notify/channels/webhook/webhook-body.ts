import type { Message } from "../../message.ts";

/** What a program gets: the message for people, and its notices as they came, with instants as ISO strings. */
export function webhookBody(message: Message): object {
  const { key, form, thread, state, severity, subject, text, link } = message;
  return {
    version: 1,
    ...{ id: key, form, thread, state, severity, subject, text },
    link: link ?? null,
    notices: message.notices.map(({ at, ...notice }) => ({ ...notice, at: new Date(at).toISOString() })),
  };
}
