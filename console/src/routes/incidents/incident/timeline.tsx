import { Link } from "@tanstack/react-router";
import { useState } from "react";
import controls from "../../../parts/controls.module.css";
import { Icon } from "../../../parts/icon.tsx";
import { formatClock, formatDay, formatInstant } from "../../../parts/instants.ts";
import { countOf } from "../../../parts/numbers.ts";
import { VerdictMark } from "../../../parts/verdict-mark.tsx";
import { verdictKinds } from "../../../parts/verdicts.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { TimelineEntry } from "../../../incidents-api.ts";
import { useTz, useZone } from "../../../parts/titled-page.tsx";
import shared from "../../setup/setup.module.css";
import classes from "./timeline.module.css";

const shownFirst = 40;
const shownStep = 200;
const aroundMs = 15 * 60_000;
const resourcesMax = 2;

/** The incident's events, oldest first, each with what proves it and the rules that it hit. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const zone = useZone();
  const [shownMax, setShownMax] = useState(shownFirst);
  const shown = entries.slice(0, shownMax);
  return (
    <section className={shared["card"]} aria-label="Timeline">
      <div className={shared["head"]}>
        <h2>Timeline</h2>
        <span className={shared["soft"]}>{countOf(entries.length, "event")}</span>
      </div>
      {entries.length === 0 ? (
        <p>No event is told: what was found has no events of its own.</p>
      ) : (
        <ol className={classes["entries"]} aria-label="Events">
          {shown.map((entry, index) => {
            const day = formatDay(entry.time, zone);
            const before = shown[index - 1];
            const isNewDay = before === undefined || formatDay(before.time, zone) !== day;
            return <Entry key={entry.event} entry={entry} day={isNewDay ? day : undefined} />;
          })}
        </ol>
      )}
      {entries.length > shownMax ? (
        <button
          type="button"
          className={controls["button"]}
          onClick={() => {
            setShownMax(shownMax + shownStep);
          }}
        >
          Show more: {countOf(entries.length - shownMax, "event")} later
        </button>
      ) : null}
    </section>
  );
}

function Entry({ entry, day }: { readonly entry: TimelineEntry; readonly day: string | undefined }) {
  const tz = useTz();
  const zone = useZone();
  const { event, eventId, accountId, time, eventName, actorName, sourceIp, errorCode, resources, rules } = entry;
  const at = Date.parse(time);
  const service = entry.eventSource.replace(/\.amazonaws\.com$/, "");
  const verdict = verdictKinds.find((kind) => kind === entry.verdict);
  return (
    <li className={classes["entry"]} data-failed={errorCode !== ""} id={`event-${event}`}>
      <time dateTime={time} title={formatInstant(time, zone)} className={classes["time"]}>
        {day === undefined ? null : <strong>{day}</strong>}
        {formatClock(time, zone)}
      </time>
      <div className={classes["told"]}>
        <p className={classes["call"]}>
          <VerdictMark kind={verdict} isInline />
          <Link
            to="/"
            search={{
              ...tz,
              event: eventId,
              ...(accountId === "" ? {} : { account: accountId }),
              from: new Date(at - aroundMs).toISOString(),
              to: new Date(at + aroundMs).toISOString(),
            }}
            title="Open the event in Search"
          >
            <VisibleText text={eventName} />
          </Link>{" "}
          <span className={classes["soft"]}>
            <VisibleText text={service} />
          </span>
          {errorCode === "" ? null : (
            <span className={classes["error"]}>
              <Icon name="absent" size={11} /> <VisibleText text={errorCode} />
            </span>
          )}
        </p>
        <p className={classes["soft"]}>
          <VisibleText text={actorName} /> from <VisibleText text={sourceIp} />
          {entry.region === "" ? null : (
            <>
              {" "}
              in <VisibleText text={entry.region} />
            </>
          )}
          {resources.slice(0, resourcesMax).map((resource) => (
            <span key={resource} className={classes["resource"]}>
              <Icon name="cube" size={11} /> <VisibleText text={shortResource(resource)} />
            </span>
          ))}
          {resources.length > resourcesMax ? ` and ${String(resources.length - resourcesMax)} more` : ""}
        </p>
        {rules.length === 0 ? null : (
          <ul className={classes["rules"]} aria-label="Rules that it hit">
            {rules.map((rule) => (
              <li key={rule}>
                <VisibleText text={rule} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

const shownResource = 80;

/** An ARN by what is its own; the whole stands in the event. */
function shortResource(resource: string): string {
  const name = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/s.exec(resource)?.[1] ?? resource;
  return name.length > shownResource ? `${name.slice(0, shownResource)}…` : name;
}
