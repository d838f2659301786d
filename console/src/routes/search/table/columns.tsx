import type { ReactNode } from "react";
import type { EventRow } from "../../../api.ts";
import { Icon } from "../../../parts/icon.tsx";
import { formatClock, formatDay, formatShortInstant } from "../../../parts/instants.ts";
import type { Zone } from "../../../parts/instants.ts";
import { toVisible, VisibleText } from "../../../parts/visible-text.tsx";
import { actorFilter } from "../actor-filter.ts";
import { shortName } from "../wording/record.ts";
import { actorKinds, callOut, isAddress, outcomeOf, serviceOf } from "../wording/words.ts";
import classes from "./cells.module.css";

/** What `+` and `−` on a cell filter by; `value` undefined stands for "has none". */
export interface CellFilter {
  readonly field: string;
  readonly value: string | undefined;
}

export interface Column {
  readonly key: string;
  readonly title: string;
  /** A grid track. */
  readonly width: string;
  /** What is copied. */
  readonly text: (row: EventRow) => string;
  readonly filter: (row: EventRow) => CellFilter | undefined;
  readonly cell: (row: EventRow, zone: Zone) => ReactNode;
}

function by(field: string, value: string): CellFilter | undefined {
  return value === "" ? undefined : { field, value };
}

function Plain({ text }: { readonly text: string }) {
  return text === "" ? (
    <span className={classes["none"]}>–</span>
  ) : (
    <VisibleText text={text} className={classes["clip"]} />
  );
}

function WhenCell({ row, zone }: { readonly row: EventRow; readonly zone: Zone }) {
  return (
    <time dateTime={row.time} className={classes["time"]}>
      <span className={classes["longTime"]}>
        <span className={classes["faint"]}>{formatDay(row.time, zone)}</span> {formatClock(row.time, zone)}
      </span>
      <span className={classes["shortTime"]}>{formatShortInstant(row.time, zone)}</span>
    </time>
  );
}

function EventCell({ row }: { readonly row: EventRow }) {
  if (row.eventName === "") return <span className={classes["faint"]}>{nameless(row)}</span>;
  return (
    <span className={classes["pair"]}>
      <VisibleText text={row.eventName} className={row.readOnly === false ? classes["writes"] : classes["reads"]} />
      <VisibleText text={serviceOf(row.eventSource)} className={classes["faint"]} />
    </span>
  );
}

/** What stands for the name of an event that has none, as those of CloudTrail Insights. */
function nameless(row: EventRow): string {
  return row.category === "Insight" ? "CloudTrail Insight" : "No event name";
}

/** An address, or the AWS service that called on someone's behalf: its name without the ending that all of them share. */
function SourceCell({ row }: { readonly row: EventRow }) {
  return isAddress(row.sourceIp) || !row.sourceIp.endsWith(".amazonaws.com") ? (
    <Plain text={row.sourceIp} />
  ) : (
    <VisibleText text={serviceOf(row.sourceIp)} className={`${classes["clip"] ?? ""} ${classes["faint"] ?? ""}`} />
  );
}

function WhoCell({ row }: { readonly row: EventRow }) {
  const { actor } = row;
  if (actor.kind === "unknown" && row.category === "Insight") return <span className={classes["none"]}>–</span>;
  const kind = actorKinds[actor.kind];
  const { main, aside } = callOut(actor);
  const title = [actor.arn ?? actor.name, kind.words, actor.via === undefined ? "" : `via ${actor.via}`];
  return (
    <span className={classes["pair"]} title={toVisible(title.filter(Boolean).join("\n"))}>
      <span className={classes["kind"]} data-kind={actor.kind} role="img" aria-label={kind.words}>
        <Icon name={kind.icon} />
      </span>
      <VisibleText text={main} className={classes["name"]} />
      {aside === "" ? null : <VisibleText text={aside} className={classes["faint"]} />}
      {actor.via === undefined || actor.via === "" ? null : (
        <span className={classes["faint"]}>
          via <VisibleText text={actor.via} />
        </span>
      )}
    </span>
  );
}

function OutcomeCell({ row }: { readonly row: EventRow }) {
  const outcome = outcomeOf(row);
  if (row.category === "Insight") return <span className={classes["none"]}>–</span>;
  if (!outcome.isError) return <span className={classes["faint"]}>{outcome.text}</span>;
  return (
    <span className={classes["error"]} title={toVisible(row.errorMessage.slice(0, 500))}>
      <Icon name="warning" size={12} />
      <VisibleText text={outcome.text} className={classes["clip"]} />
    </span>
  );
}

function ResourceCell({ row }: { readonly row: EventRow }) {
  const [first, ...rest] = row.resourceArns;
  if (first === undefined) return <span className={classes["none"]}>–</span>;
  return (
    <span className={classes["pair"]} title={toVisible(row.resourceArns.slice(0, 10).join("\n"))}>
      <VisibleText text={shortName(first)} className={classes["clip"]} />
      {rest.length === 0 ? null : <span className={classes["faint"]}>+{rest.length}</span>}
    </span>
  );
}

/** The columns the page knows by itself. */
export const ownColumns: readonly Column[] = [
  {
    key: "time",
    title: "Time",
    width: "150px",
    text: (row) => row.time,
    filter: () => undefined,
    cell: (row, zone) => <WhenCell row={row} zone={zone} />,
  },
  {
    key: "event",
    title: "Event",
    width: "minmax(160px, 1.5fr)",
    text: (row) => row.eventName,
    filter: (row) => by("eventName", row.eventName),
    cell: (row) => <EventCell row={row} />,
  },
  {
    key: "who",
    title: "Who",
    width: "minmax(164px, 1.7fr)",
    text: (row) => row.actor.arn ?? row.actor.name,
    filter: (row) => actorFilter(row.actor),
    cell: (row) => <WhoCell row={row} />,
  },
  {
    key: "ip",
    title: "Source IP",
    width: "minmax(114px, 0.8fr)",
    text: (row) => row.sourceIp,
    filter: (row) => by("sourceIPAddress", row.sourceIp),
    cell: (row) => <SourceCell row={row} />,
  },
  {
    key: "outcome",
    title: "Outcome",
    width: "minmax(130px, 0.9fr)",
    text: (row) => (row.errorCode === "" ? outcomeOf(row).text : row.errorCode),
    filter: (row) => ({ field: "errorCode", value: row.errorCode === "" ? undefined : row.errorCode }),
    cell: (row) => <OutcomeCell row={row} />,
  },
  {
    key: "resource",
    title: "Resource",
    width: "minmax(90px, 1.4fr)",
    text: (row) => row.resourceArns.join("\n"),
    filter: (row) => by("resource", row.resourceArns[0] ?? ""),
    cell: (row) => <ResourceCell row={row} />,
  },
  {
    key: "region",
    title: "Region",
    width: "106px",
    text: (row) => row.region,
    filter: (row) => by("awsRegion", row.region),
    cell: (row) => <Plain text={row.region} />,
  },
  {
    key: "account",
    title: "Account",
    width: "116px",
    text: (row) => row.account,
    filter: (row) => by("account", row.account),
    cell: (row) => <Plain text={row.account} />,
  },
];

export const defaultColumnKeys: readonly string[] = ownColumns.map((column) => column.key);

/** What fits on a telephone. */
export const narrowColumnKeys = "event,who,time";

/** A column for any path of the record. */
function pathColumn(path: string): Column {
  const textOf = (row: EventRow) => row.fields?.[path] ?? "";
  return {
    key: path,
    title: path,
    width: "minmax(130px, 1fr)",
    text: textOf,
    filter: (row) => by(path, textOf(row)),
    cell: (row) => <Plain text={textOf(row).slice(0, 500)} />,
  };
}

/** The columns an address asks for; those of its own order, unknown keys being paths into the record. */
export function readColumns(keys: string | undefined): readonly Column[] {
  const wanted =
    keys === undefined ? defaultColumnKeys : [...new Set(keys.split(","))].filter((key) => key !== "").slice(0, 24);
  return wanted.map((key) => ownColumns.find((column) => column.key === key) ?? pathColumn(key));
}

/** The paths that the server has to send along with each row. */
export function pathsOf(columns: readonly Column[]): readonly string[] {
  return columns.map((column) => column.key).filter((key) => !defaultColumnKeys.includes(key));
}
