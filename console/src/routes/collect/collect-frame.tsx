import { useDocumentTitle } from "@mantine/hooks";
import { Link, useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { PageFrame } from "../../parts/page-frame.tsx";
import type { Zone } from "../../parts/instants.ts";
import classes from "./collect-frame.module.css";
import { TokenNote } from "./token-note.tsx";

const pages = [
  ["/collect", "Sources"],
  ["/collect/ledger", "Ledger"],
  ["/collect/delays", "Delays"],
  ["/collect/accounts", "Accounts"],
  ["/collect/filters", "Filters"],
] as const;

/** The zone that times are shown in, which every page of the console has in its address. */
export function useZone(): Zone {
  const { tz } = useSearch({ strict: false });
  return tz === "local" ? "local" : "utc";
}

/** What a link to another page of the console takes along. */
export function useTz(): { readonly tz?: "local" } {
  return useZone() === "local" ? { tz: "local" } : {};
}

export interface CollectFrameProps {
  readonly title: string;
  /** One sentence on what stands here. */
  readonly lead?: ReactNode;
  /** What stands beside the title. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/** The pages of collecting have one bar, one row of links and one kind of title. */
export function CollectFrame({ title, lead, beside, children }: CollectFrameProps) {
  const zone = useZone();
  const tz = useTz();
  const navigate = useNavigate();
  const path = useLocation({ select: (location) => location.pathname });
  // A source, and the page that adds one, belong to the list of sources.
  const current = pages.findLast(([to]) => path.startsWith(to))?.[0];
  useDocumentTitle(`${title} · Trailwarden`);
  return (
    <PageFrame
      zone={zone}
      onZone={(next) => {
        void navigate({
          to: ".",
          search: (last) => ({ ...last, tz: next === "local" ? ("local" as const) : undefined }),
          replace: true,
        });
      }}
    >
      <nav className={classes["pages"]} aria-label="Collect">
        {pages.map(([to, name]) => (
          <Link
            key={to}
            to={to}
            search={tz}
            data-current={to === current}
            activeOptions={{ exact: true, includeSearch: false }}
          >
            {name}
          </Link>
        ))}
      </nav>
      <TokenNote />
      <div className={classes["head"]}>
        <div className={classes["title"]}>
          <h1>{title}</h1>
          {lead === undefined ? null : <p>{lead}</p>}
        </div>
        {beside}
      </div>
      {children}
    </PageFrame>
  );
}
