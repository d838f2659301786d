import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { EventRow } from "../../../api.ts";
import { fetchHits } from "../../../detect-api.ts";
import { Icon } from "../../../parts/icon.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import classes from "./event-hits.module.css";

export interface EventHitsProps {
  readonly event: Pick<EventRow, "id" | "account">;
  readonly tz: "local" | undefined;
}

/** The rules that the event has hit; nothing where it hit none, or where that cannot be told. */
export function EventHits({ event: { id, account }, tz }: EventHitsProps) {
  const event = `${account}/${id}`;
  const hits = useQuery({
    queryKey: ["detect", "hits", event],
    queryFn: ({ signal }) => fetchHits(event, signal),
    retry: false,
  });
  if (hits.data === undefined || hits.data.length === 0) return null;
  return (
    <section className={classes["hits"]} aria-label="Rules that it hit">
      <Icon name="bell" size={13} />
      <ul>
        {hits.data.map(({ rule, title }) => (
          <li key={rule}>
            <Link to="/detect/rules/$rule" params={{ rule }} search={{ tz }}>
              <VisibleText text={title} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
