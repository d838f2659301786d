import { Link } from "@tanstack/react-router";
import type { EventRow } from "../../../api.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { textAt } from "../wording/record.ts";
import { shortName } from "../wording/record.ts";
import { actorFilter } from "../actor-filter.ts";
import { addFilter } from "../query-text.ts";
import type { SearchState } from "../search-state.ts";
import classes from "./around.module.css";

const spanMs = 15 * 60_000;

interface Neighbour {
  readonly label: string;
  readonly field: string;
  readonly value: string;
}

function neighboursOf(record: unknown, event: EventRow): readonly Neighbour[] {
  const actor = actorFilter(event.actor);
  return [
    ...(actor === undefined ? [] : [{ label: "Same actor", ...actor }]),
    { label: "Same access key", field: "userIdentity.accessKeyId", value: textAt(record, "userIdentity.accessKeyId") },
    { label: "Same address", field: "sourceIPAddress", value: event.sourceIp },
    { label: "Same resource", field: "resource", value: event.resourceArns[0] ?? "" },
  ].filter((each) => each.value !== "");
}

/** Ways on from one event: everything else by the same actor, key, address or on the same thing, a quarter of an hour either side. */
export function Around({
  record,
  event,
  state,
}: {
  readonly record: unknown;
  readonly event: EventRow;
  readonly state: SearchState;
}) {
  const at = Date.parse(event.time);
  const from = new Date(at - spanMs).toISOString();
  const to = new Date(at + spanMs).toISOString();
  return (
    <nav className={classes["around"]} aria-label="Around this event">
      <span className={classes["title"]}>15 minutes around</span>
      {neighboursOf(record, event).map((each) => (
        <Link
          key={each.label}
          to="/"
          search={{
            columns: state.columns,
            tz: state.tz,
            query: addFilter("", each.field, each.value, "in"),
            from,
            to,
          }}
        >
          {each.label}
          <VisibleText text={shortName(each.value).slice(0, 60)} className={classes["value"]} />
        </Link>
      ))}
      <Link to="/" search={{ columns: state.columns, tz: state.tz, from, to }}>
        Everything
      </Link>
    </nav>
  );
}
