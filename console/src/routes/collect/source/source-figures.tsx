import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Source } from "../../../collect-api.ts";
import { formatInstant, formatRelative } from "../../../parts/instants.ts";
import { formatNumber } from "../../../parts/numbers.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { useTz, useZone } from "../../../parts/titled-page.tsx";
import { formatLag, formatRate, formatShare } from "../figures.ts";
import classes from "./source.module.css";

/** What a source has brought, how fast, and how much of what it heard of. */
export function SourceFigures({ source }: { readonly source: Source }) {
  const tz = useTz();
  const { name, figures, lagMs, eventsPerMinute, lookedAt, ledger } = source;
  const swallowed = Object.entries(figures.swallowed).sort(([, a], [, b]) => b - a);
  return (
    <section aria-label="What it brought">
      <dl className={classes["figures"]}>
        <Figure name="Events" value={formatNumber(figures.events)} />
        <Figure name="Log files" value={formatNumber(figures.logFiles)} />
        <Figure name="Duplicates" value={formatNumber(figures.duplicates)} what="Events that were there already" />
        <Figure name="Messages" value={formatNumber(figures.messages)} />
        <Figure name="Events a minute" value={formatRate(eventsPerMinute)} what="Over the last five minutes" />
        <Figure
          name="Lag"
          value={formatLag(lagMs)}
          what="From the newest event of the last log file to its being searchable"
        />
        <Instant name="Last event" at={figures.lastEventAt} />
        <Instant name="Last log file" at={figures.lastFileAt} />
        <Instant name="Last look" at={lookedAt} />
      </dl>
      <p className={classes["line"]}>
        <strong>Ledger:</strong> {ledgerWords(ledger)}{" "}
        <Link to="/collect/ledger" search={{ ...tz, source: name, range: "30d" }}>
          See its ledger
        </Link>
      </p>
      {swallowed.length === 0 ? null : (
        <p className={classes["line"]}>
          <strong>Swallowed, because it is no log file:</strong>{" "}
          {swallowed.map(([kind, count], index) => (
            <span key={kind}>
              {index === 0 ? "" : ", "}
              {formatNumber(count)} <VisibleText text={kind} />
            </span>
          ))}
          .
        </p>
      )}
    </section>
  );
}

/** How much of what it heard of is read, and what became of the rest. */
function ledgerWords({ completeness, read, known, waiting, failing, leftOut }: Source["ledger"]): string {
  const parts = [
    known === 0
      ? "no log files are known of"
      : `${formatShare(completeness)} read, ${formatNumber(read)} of ${formatNumber(known)} log files`,
    ...(waiting > 0 ? [`${formatNumber(waiting)} wait`] : []),
    ...(failing > 0 ? [`${formatNumber(failing)} cannot be read yet`] : []),
    ...(leftOut > 0 ? [`${formatNumber(leftOut)} left out on purpose`] : []),
  ];
  return `${parts.join("; ")}.`;
}

function Figure({ name, value, what }: { readonly name: string; readonly value: ReactNode; readonly what?: string }) {
  return (
    <div title={what}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Instant({ name, at }: { readonly name: string; readonly at: string | null }) {
  const zone = useZone();
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {at === null ? (
          <span aria-label="never">–</span>
        ) : (
          <time dateTime={at}>
            {formatRelative(at)}
            <small>{formatInstant(at, zone)}</small>
          </time>
        )}
      </dd>
    </div>
  );
}
