import type { Message } from "../../message.ts";
import { printTime } from "../../say/plain.ts";
import type { Severity } from "../../severity.ts";

const colors: Readonly<Record<Severity, string>> = {
  informational: "Default",
  low: "Accent",
  medium: "Warning",
  high: "Attention",
  critical: "Attention",
};

/**
 * A message as an Adaptive Card. Every text from a log is a `TextRun`, which knows no Markdown; in a `TextBlock` or a
 * `FactSet` a log could set links (https://adaptivecards.io/explorer/TextRun.html).
 */
export function teamsBody(message: Message): object {
  const { subject, text, facts, points, more, form, link, severity } = message;
  const told = points.map((point) =>
    form === "thread"
      ? `${printTime(point.at)}: ${point.title}`
      : `[${point.severity.toUpperCase()}] ${point.title} (${printTime(point.at)})`,
  );
  if (more > 0) told.push(`… and ${more.toLocaleString("en-US")} more`);
  const body = [
    line([{ text: subject, weight: "Bolder", size: "Medium", color: colors[severity] }]),
    ...(text === "" ? [] : [line([{ text }])]),
    ...[...facts, { label: "When", value: printTime(message.at) }].map(({ label, value }) =>
      line([{ text: `${label}: `, weight: "Bolder" }, { text: value }]),
    ),
    ...(form === "thread" && told.length > 0 ? [line([{ text: "Before", weight: "Bolder" }])] : []),
    ...told.map((one) => line([{ text: one, isSubtle: form === "thread" }])),
  ];
  const card = {
    ...{ $schema: "http://adaptivecards.io/schemas/adaptive-card.json", type: "AdaptiveCard", version: "1.4" },
    msteams: { width: "Full" },
    body,
    ...(link === undefined ? {} : { actions: [{ type: "Action.OpenUrl", title: "Open in Trailwarden", url: link }] }),
  };
  return {
    type: "message",
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content: card }],
  };
}

interface Run {
  readonly text: string;
  readonly weight?: "Bolder";
  readonly size?: "Medium";
  readonly color?: string;
  readonly isSubtle?: boolean;
}

function line(runs: readonly Run[]): object {
  return { type: "RichTextBlock", inlines: runs.map((run) => ({ type: "TextRun", ...run })) };
}
