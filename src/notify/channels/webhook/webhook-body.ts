import { rankOf } from "../../severity.ts";
import type { Message } from "../../message.ts";

/** Receivers refuse what is too large: of a flood the worst are told one by one, and how many more there are. */
const noticesMax = 500;

/** What a program gets: the message for people, and its notices as they came, with instants as ISO strings. */
export function webhookBody(message: Message): object {
  const worstFirst = message.notices.toSorted((a, b) => rankOf(b.severity) - rankOf(a.severity));
  const told = message.notices.length > noticesMax ? worstFirst.slice(0, noticesMax) : message.notices;
  const { key, form, thread, state, severity, subject, text, link } = message;
  return {
    version: 1,
    ...{ id: key, form, thread, state, severity, subject, text },
    link: link ?? null,
    more: message.notices.length - told.length,
    notices: told.map(({ at, ...notice }) => ({ ...notice, at: new Date(at).toISOString() })),
  };
}
