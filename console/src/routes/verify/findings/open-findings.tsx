import { Link } from "@tanstack/react-router";
import panel from "../../../parts/panel-list.module.css";
import { useTz } from "../../../parts/titled-page.tsx";
import { useFindings } from "../use-integrity.ts";
import { FindingItem } from "./finding-item.tsx";
import classes from "./findings.module.css";

const shownMax = 3;

/** The newest of what is open, above the hours; nothing where nothing is. */
export function OpenFindings({ account, region }: { readonly account: string; readonly region: string }) {
  const tz = useTz();
  const findings = useFindings({ account, region, open: "true" }, shownMax + 1);
  const found = findings.data?.pages[0]?.findings ?? [];
  if (found.length === 0) return null;
  return (
    <section className={classes["open"]} aria-label="Open findings">
      <header>
        <h2>What is open</h2>
        <Link
          to="/integrity/findings"
          search={{ ...tz, ...(account === "" ? {} : { account }), ...(region === "" ? {} : { region }) }}
        >
          {found.length > shownMax ? "All findings, and what to do" : "What to do"}
        </Link>
      </header>
      <ul className={panel["list"]}>
        {found.slice(0, shownMax).map((finding) => (
          <FindingItem key={finding.id} finding={finding} isShort />
        ))}
      </ul>
    </section>
  );
}
