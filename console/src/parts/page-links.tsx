import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { fetchSandbox } from "../sandbox-api.ts";
import { Icon } from "./icon.tsx";
import classes from "./page-links.module.css";

const keptKey = "trailwarden.sandbox";

/** Whether there was one last time, so that the link stands there from the first moment and nothing jumps. */
function wasKept(): boolean {
  try {
    return localStorage.getItem(keptKey) !== null;
  } catch {
    return false;
  }
}

function keep(isKept: boolean): void {
  try {
    if (isKept) localStorage.setItem(keptKey, "kept");
    else localStorage.removeItem(keptKey);
  } catch {
    // A browser that keeps nothing shows the link a moment later.
  }
}

/** Whether this server keeps a sandbox. */
export function useHasSandbox(): boolean {
  const sandbox = useQuery({ queryKey: ["sandbox"], queryFn: ({ signal }) => fetchSandbox(signal) });
  const isKept = sandbox.data === undefined ? undefined : sandbox.data.state !== "none";
  useEffect(() => {
    if (isKept !== undefined) keep(isKept);
  }, [isKept]);
  return isKept ?? wasKept();
}

export interface PageLinksProps {
  readonly tz: "local" | undefined;
  /** Something else needs the room: their names stand beside the pointer only, unless the window is very wide. */
  readonly isTight?: boolean;
}

/** The pages of the console; the sandbox's where there is one. */
export function PageLinks({ tz, isTight = false }: PageLinksProps) {
  const hasSandbox = useHasSandbox();
  const current = { "data-current": "true" };
  return (
    <nav className={classes["links"]} aria-label="Pages" data-tight={isTight}>
      <Link
        to="/"
        search={{ tz }}
        title="Search"
        activeOptions={{ includeSearch: false, exact: true }}
        activeProps={current}
      >
        <Icon name="search" size={15} />
        <span>Search</span>
      </Link>
      <Link
        to="/collect"
        search={{ tz }}
        title="Collect"
        activeOptions={{ includeSearch: false }}
        activeProps={current}
      >
        <Icon name="collect" size={15} />
        <span>Collect</span>
      </Link>
      <Link to="/setup" search={{ tz }} title="Set-up" activeOptions={{ includeSearch: false }} activeProps={current}>
        <Icon name="way" size={15} />
        <span>Set-up</span>
      </Link>
      <Link
        to="/integrity"
        search={{ tz }}
        title="Integrity"
        activeOptions={{ includeSearch: false }}
        activeProps={current}
      >
        <Icon name="proof" size={15} />
        <span>Integrity</span>
      </Link>
      <Link to="/detect" search={{ tz }} title="Detect" activeOptions={{ includeSearch: false }} activeProps={current}>
        <Icon name="rule" size={15} />
        <span>Detect</span>
      </Link>
      <Link
        to="/incidents"
        search={{ tz }}
        title="Incidents"
        activeOptions={{ includeSearch: false }}
        activeProps={current}
      >
        <Icon name="siren" size={15} />
        <span>Incidents</span>
      </Link>
      <Link to="/notify" search={{ tz }} title="Notify" activeOptions={{ includeSearch: false }} activeProps={current}>
        <Icon name="bell" size={15} />
        <span>Notify</span>
      </Link>
      {hasSandbox ? (
        <Link
          to="/sandbox"
          search={{ tz }}
          title="Sandbox"
          activeOptions={{ includeSearch: false }}
          activeProps={current}
        >
          <Icon name="cube" size={15} />
          <span>Sandbox</span>
        </Link>
      ) : null}
    </nav>
  );
}
