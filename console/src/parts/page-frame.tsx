import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Zone } from "./instants.ts";
import classes from "./page-frame.module.css";
import { PageLinks } from "./page-links.tsx";
import { SchemeSwitch, ZoneSwitch } from "./view-switches.tsx";
import { Wordmark } from "./wordmark.tsx";

export interface PageFrameProps {
  readonly zone: Zone;
  readonly onZone: (zone: Zone) => void;
  readonly children: ReactNode;
}

/** The bar at the top of a page, and the sheet below it that scrolls. */
export function PageFrame({ zone, onZone, children }: PageFrameProps) {
  const tz = zone === "local" ? "local" : undefined;
  return (
    <div className={classes["page"]}>
      <header className={classes["bar"]}>
        <Link to="/" search={{ tz }} className={classes["home"]} aria-label="Trailwarden: start a new search">
          <Wordmark />
        </Link>
        <PageLinks tz={tz} />
        <span className={classes["gap"]} />
        <ZoneSwitch zone={zone} onChange={onZone} />
        <SchemeSwitch />
      </header>
      <main className={classes["main"]}>
        <div className={classes["sheet"]}>{children}</div>
      </main>
    </div>
  );
}
