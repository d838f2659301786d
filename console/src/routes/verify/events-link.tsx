import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon } from "../../parts/icon.tsx";
import { useTz } from "../../parts/titled-page.tsx";
import { addFilter } from "../search/query-text.ts";
import classes from "./integrity.module.css";

export interface EventsLinkProps {
  readonly account: string;
  readonly region: string;
  readonly from: number;
  readonly to: number;
  readonly title?: string;
  readonly children: ReactNode;
}

/** Leads to Search, with the events of an account in a region and a span of time. */
export function EventsLink({ account, region, from, to, title, children }: EventsLinkProps) {
  const tz = useTz();
  const places = [
    ["account", account],
    ["awsRegion", region],
  ] as const;
  const query = places.reduce(
    (text, [field, value]) => (value === "" ? text : addFilter(text, field, value, "in")),
    "",
  );
  return (
    <Link
      to="/"
      search={{ ...tz, query, from: new Date(from).toISOString(), to: new Date(to).toISOString() }}
      className={classes["events"]}
      title={title}
    >
      <Icon name="search" size={12} />
      {children}
    </Link>
  );
}
