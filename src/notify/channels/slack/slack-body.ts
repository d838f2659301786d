import type { Message } from "../../message.ts";
import { cut, printTime } from "../../say/plain.ts";

/** Longest text of a section, in characters (Slack, "Block Kit: section block"), with room for what escaping adds. */
const sectionMax = 2_900;
const headerMax = 150;
const fieldsMax = 10;
const fieldMax = 1_900;

/**
 * A message as Slack shows it. Everything that came from a log stands in `plain_text`, in which Slack reads neither
 * mentions, nor links, nor formatting; where only `mrkdwn` goes, its three signs are escaped
 * (https://docs.slack.dev/messaging/formatting-message-text).
 */
export function slackBody(message: Message): object {
  const { subject, text, facts, link } = message;
  const shown = [...facts, { label: "When", value: printTime(message.at) }].slice(-fieldsMax);
  const fields = shown.map(({ label, value }) => plainText(`${label}: ${value}`, fieldMax));
  const points = pointsOf(message);
  return {
    text: escaped(subject),
    mrkdwn: false,
    link_names: false,
    parse: "none",
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: "header", text: plainText(subject, headerMax) },
      ...(subject.length > headerMax ? [section(subject)] : []),
      ...(text === "" ? [] : [section(text)]),
      { type: "section", fields },
      ...(points === "" ? [] : [section(points)]),
      ...(link === undefined ? [] : [openButton(link)]),
    ],
  };
}

function pointsOf({ points, more, form }: Message): string {
  const lines = points.map(({ at, severity, title }) =>
    form === "thread" ? `${printTime(at)}: ${title}` : `[${severity.toUpperCase()}] ${title} (${printTime(at)})`,
  );
  if (more > 0) lines.push(`… and ${more.toLocaleString("en-US")} more`);
  return (form === "thread" && lines.length > 0 ? ["Before:", ...lines] : lines).join("\n");
}

function section(text: string): object {
  return { type: "section", text: plainText(text, sectionMax) };
}

function plainText(text: string, lengthMax: number): object {
  return { type: "plain_text", text: cut(text, lengthMax), emoji: false };
}

function openButton(url: string): object {
  const text = { type: "plain_text", text: "Open in Trailwarden", emoji: false };
  return { type: "actions", elements: [{ type: "button", text, url, action_id: "open" }] };
}

/** Without these three there is no `<!channel>`, no `<@user>` and no `<https://…|text>`. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
