import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { fetchInfo } from "../../api.ts";
import { useHasSandbox } from "../../parts/page-links.tsx";
import classes from "./made-up-banner.module.css";

const usualNote = "These events are made up, so that you can look around; nothing here happened in a real account.";
const keptKey = "trailwarden.made-up";

/** What the banner said last time, so that it stands there from the first moment and nothing jumps. */
function readKept(): string | undefined {
  try {
    return localStorage.getItem(keptKey) ?? undefined;
  } catch {
    return undefined;
  }
}

function keep(note: string | undefined): void {
  try {
    if (note === undefined) localStorage.removeItem(keptKey);
    else localStorage.setItem(keptKey, note);
  } catch {
    // A browser that keeps nothing shows the banner a moment later.
  }
}

/** Says that the events are made up, where the server says so. */
export function MadeUpBanner({ tz }: { readonly tz: "local" | undefined }) {
  const hasSandbox = useHasSandbox();
  const info = useQuery({ queryKey: ["info"], queryFn: ({ signal }) => fetchInfo(signal), staleTime: Infinity });
  const said = info.data?.madeUp === true ? (info.data.madeUpNote ?? usualNote) : undefined;
  const isKnown = info.isSuccess;
  useEffect(() => {
    if (isKnown) keep(said);
  }, [isKnown, said]);
  const note = isKnown ? said : readKept();
  if (note === undefined) return null;
  return (
    <aside className={classes["banner"]} aria-label="Made-up events">
      <strong>Made-up events</strong>
      <span>{note}</span>
      {hasSandbox ? (
        <Link to="/sandbox" search={{ tz }}>
          Play an attack in the sandbox
        </Link>
      ) : null}
    </aside>
  );
}
