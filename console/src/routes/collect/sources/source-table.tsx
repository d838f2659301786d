import { Link } from "@tanstack/react-router";
import type { Source } from "../../../collect-api.ts";
import { countOf, formatNumber, formatShort } from "../../../parts/numbers.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import { Moment } from "../moment.tsx";
import { formatLag, formatRate } from "../figures.ts";
import { ProgressBar } from "../progress-bar.tsx";
import { needsWords, SourceWords } from "../source-words.tsx";
import { StatusBadge } from "../status-badge.tsx";
import classes from "./sources.module.css";

const columns = ["Source", "Status", "Last event", "Lag", "Events a minute", "Events"] as const;

/** One row a source, and below it what a person should know; cards where the window is narrow. */
export function SourceTable({ sources }: { readonly sources: readonly Source[] }) {
  return (
    <table className={classes["table"]} aria-label="Sources">
      <thead>
        <tr>
          {columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      {sources.map((source) => (
        <SourceRows key={source.name} source={source} />
      ))}
    </table>
  );
}

function SourceRows({ source }: { readonly source: Source }) {
  const tz = useTz();
  const { name, type, place, status, figures, lagMs, eventsPerMinute, progress, setAside, isBuiltIn } = source;
  const hasWords = needsWords(source);
  return (
    <tbody className={classes["source"]} data-status={status}>
      <tr>
        <th scope="row">
          <Link to="/collect/sources/$name" params={{ name }} search={tz} className={classes["name"]}>
            {name}
          </Link>{" "}
          <span className={classes["kind"]}>{isBuiltIn ? `${type} of the sandbox here` : type}</span>
          <span className={classes["place"]}>
            <VisibleText text={place} />
          </span>
        </th>
        <td>
          <StatusBadge status={status} />
        </td>
        <td data-label="Last event">
          <Moment at={figures.lastEventAt} />
        </td>
        <td data-label="Lag">{formatLag(lagMs)}</td>
        <td data-label="Events a minute">{formatRate(eventsPerMinute)}</td>
        <td data-label="Events" title={formatNumber(figures.events)}>
          {formatShort(figures.events)}
        </td>
      </tr>
      {hasWords || progress !== null || setAside > 0 ? (
        <tr className={classes["more"]}>
          <td colSpan={columns.length}>
            {hasWords ? <SourceWords source={source} /> : null}
            {progress === null ? null : <ProgressBar progress={progress} />}
            {setAside === 0 ? null : (
              <Link to="/collect/sources/$name" params={{ name }} search={tz} hash="set-aside">
                {countOf(setAside, "message")} set aside
              </Link>
            )}
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}
