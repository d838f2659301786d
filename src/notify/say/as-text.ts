import type { Message } from "../message.ts";
import { printTime } from "./plain.ts";

/** What is told after the first line, as plain text: for e-mail, SNS, and to be read aloud. */
export function bodyAsText(message: Message): string {
  const { text, facts, points, more, form, link } = message;
  const told = points.map(({ at, severity, title }) =>
    form === "thread" ? `- ${printTime(at)}: ${title}` : `- [${severity.toUpperCase()}] ${title} (${printTime(at)})`,
  );
  if (more > 0) told.push(`- … and ${more.toLocaleString("en-US")} more`);
  const before = told.length > 0 && form === "thread" ? ["Before:", ...told] : told;
  return [
    ...(text === "" ? [] : [text, ""]),
    ...facts.map(({ label, value }) => `${label}: ${value}`),
    `When: ${printTime(message.at)}`,
    ...(before.length === 0 ? [] : ["", ...before]),
    ...(link === undefined ? [] : ["", link]),
  ].join("\n");
}
