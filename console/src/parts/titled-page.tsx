import { useDocumentTitle } from "@mantine/hooks";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { PageFrame } from "./page-frame.tsx";
import type { Zone } from "./instants.ts";
import classes from "./titled-page.module.css";
import { TokenNote } from "./token-note.tsx";

/** The zone that times are shown in, which every page of the console has in its address. */
export function useZone(): Zone {
  const { tz } = useSearch({ strict: false });
  return tz === "local" ? "local" : "utc";
}

/** What a link to another page of the console takes along. */
export function useTz(): { readonly tz?: "local" } {
  return useZone() === "local" ? { tz: "local" } : {};
}

export interface TitledPageProps {
  readonly title: string;
  /** One sentence on what stands here. */
  readonly lead?: ReactNode;
  /** What stands beside the title. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

export interface NamedLinks {
  /** What they are links of. */
  readonly label: string;
  readonly links: ReactNode;
}

/** A page with a title, below the links to those of its kind. */
export function TitledPage({ pages, title, lead, beside, children }: TitledPageProps & { readonly pages: NamedLinks }) {
  const zone = useZone();
  const navigate = useNavigate();
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
      <nav className={classes["pages"]} aria-label={pages.label}>
        {pages.links}
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
