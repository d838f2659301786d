import type { Message } from "../../message.ts";
import { printTime } from "../../say/plain.ts";

/** The same as the plain text, easier on the eye; no picture, no script, no link but the one to the console. */
export function mailHtml(message: Message): string {
  const { subject, text, facts, points, more, form, link } = message;
  const rows = [...facts, { label: "When", value: printTime(message.at) }].map(
    ({ label, value }) =>
      `<tr><td style="padding:2px 12px 2px 0;color:#666">${escaped(label)}</td><td>${escaped(value)}</td></tr>`,
  );
  const told = points.map(({ at, severity, title }) =>
    form === "thread" ? `${printTime(at)}: ${title}` : `[${severity.toUpperCase()}] ${title} (${printTime(at)})`,
  );
  if (more > 0) told.push(`… and ${more.toLocaleString("en-US")} more`);
  const before = form === "thread" && told.length > 0 ? "<p>Before:</p>" : "";
  const list = told.length === 0 ? "" : `${before}<ul>${told.map((one) => `<li>${escaped(one)}</li>`).join("")}</ul>`;
  const open = link === undefined ? "" : `<p><a href="${escaped(link)}">Open in Trailwarden</a></p>`;
  return [
    '<!doctype html><html><head><meta charset="utf-8"></head>',
    '<body style="font-family:sans-serif;font-size:14px;color:#222">',
    `<h2 style="font-size:16px">${escaped(subject)}</h2>`,
    text === "" ? "" : `<p>${escaped(text)}</p>`,
    `<table style="border-collapse:collapse;font-size:14px">${rows.join("")}</table>`,
    `${list}${open}</body></html>`,
  ].join("\n");
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
