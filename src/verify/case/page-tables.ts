import type { PublicKey } from "../digests/digest-object.ts";
import type { ChainGap, DigestEntry, LogFileEntry } from "./case-contents.ts";
import type { CaseEvent } from "./case-options.ts";
import { html, type Html, timeText } from "./escape-html.ts";
import type { EventSpool } from "./event-spool.ts";

/** Rows of a table; a page of more is no page. */
const rowsMax = 2_000;

const hows = {
  "as-stored": "as its bucket holds it",
  rebuilt: "made anew from what was collected",
  "not-available": "not available",
} as const;

export function printEvents(events: EventSpool): Html {
  const { shown } = events;
  const cut =
    events.events > shown.length
      ? `The first ${shown.length} of ${events.events}; all of them are in events.ndjson.`
      : "";
  const rows = shown.map((event) => {
    const { eventName, service, who, from, error } = particulars(event);
    const state = events.isProven(event) ? "proven" : "not proven";
    return html`<tr>
      <td>${timeText(event.time)}</td>
      <td>${eventName}<br /><small>${service}</small></td>
      <td>${who}</td>
      <td>${from}</td>
      <td>${error}</td>
      <td>${event.accountId}</td>
      <td><small>${event.eventId}</small></td>
      <td class="${stateClass(state)}">${state}</td>
    </tr>`;
  });
  return html`<h2>Events</h2>
    <p>Everything here except the last column was written by the one who made the call, or by AWS about it. ${cut}</p>
    ${listOf(["Time", "Event", "Who", "From", "Error", "Account", "Event ID", ""], rows)}`;
}

interface Particulars {
  readonly eventName: string;
  readonly service: string;
  readonly who: string;
  readonly from: string;
  readonly error: string;
}

function particulars({ raw }: CaseEvent): Particulars {
  const record = parsed(raw);
  const identity = asObject(record["userIdentity"]);
  const who = [identity["arn"], identity["userName"], identity["invokedBy"], identity["principalId"], identity["type"]];
  return {
    eventName: textOf(record["eventName"]),
    service: textOf(record["eventSource"]),
    who: who.map(textOf).find((text) => text !== "") ?? "",
    from: textOf(record["sourceIPAddress"]),
    error: textOf(record["errorCode"]),
  };
}

function parsed(raw: Buffer): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(raw.toString("utf8")));
  } catch {
    return {};
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** The record itself stands whole in events.ndjson. */
const cellCharactersMax = 300;

function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : "";
  return text.length > cellCharactersMax ? `${text.slice(0, cellCharactersMax)}…` : text;
}

export function printLogFiles(logFiles: readonly LogFileEntry[], leftOut: number): Html {
  const rows = logFiles.slice(0, rowsMax).map(
    ({ name, events, how, verdict, sentence, sha256 }) =>
      html`<tr>
        <td><code>${name}</code><br /><small>${sentence}</small></td>
        <td>${events}</td>
        <td>${hows[how]}</td>
        <td><code class="sum">${sha256}</code></td>
        <td class="${stateClass(verdict)}">${verdict}</td>
      </tr>`,
  );
  const beside =
    leftOut === 0
      ? ""
      : `${leftOut} further log files that these digests name hold no event of the case and are left out.`;
  return html`<h2>Log files</h2>
    <p>Those without events are here because the same digests name them. ${cutText(logFiles.length)} ${beside}</p>
    ${listOf(["Log file", "Events", "Here", "SHA-256 of its content", ""], rows)}`;
}

export function printDigests(digests: readonly DigestEntry[], gaps: readonly ChainGap[]): Html {
  const chains = [...Map.groupBy(digests.slice(0, rowsMax), ({ chain }) => chain)].map(([chain, entries]) => {
    const rows = entries.map(
      ({ name, how, judged, sentence }) =>
        html`<tr>
          <td><code>${name}</code><br /><small>${sentence}</small></td>
          <td>${judged.object?.digest?.logFiles.length ?? 0}</td>
          <td>${hows[how]}</td>
          <td class="${stateClass(judged.verdict.kind)}">${judged.verdict.kind}</td>
        </tr>`,
    );
    const own = gaps.filter((gap) => gap.chain === chain).map(({ sentence }) => html`<p class="open">${sentence}</p>`);
    return html`<h3>${chain}</h3>
      ${own} ${listOf(["Digest", "Log files", "Here", ""], rows)}`;
  });
  return html`<h2>Digests, chain by chain</h2>
    <p>${cutText(digests.length)}</p>
    ${chains}`;
}

export function printKeyTable(keys: readonly PublicKey[]): Html {
  const rows = keys.map(
    ({ region, fingerprint, validFrom, validTo }) =>
      html`<tr>
        <td>${region}</td>
        <td><code>${fingerprint}</code></td>
        <td>${timeText(validFrom)}</td>
        <td>${timeText(validTo)}</td>
      </tr>`,
  );
  return html`<h2>Public keys to compare</h2>
    ${listOf(["Region", "Fingerprint", "Valid from", "Valid to"], rows)}`;
}

/** A table as lists have it, its titles above each page of paper. */
function listOf(titles: readonly string[], rows: readonly Html[]): Html {
  return html`<table class="list">
    <thead>
      <tr>
        ${titles.map((title) => html`<th>${title}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function cutText(count: number): string {
  return count > rowsMax ? `The first ${rowsMax} of ${count}; manifest.json lists all.` : "";
}

function stateClass(state: string): string {
  return state === "proven" || state === "valid" ? "good" : "open";
}
