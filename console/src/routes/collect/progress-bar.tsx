import type { Source } from "../../collect-api.ts";
import { formatNumber } from "../../parts/numbers.ts";
import classes from "./progress-bar.module.css";

/** What takes long, such as years of backfill, and how much of it is done. */
export function ProgressBar({ progress }: { readonly progress: NonNullable<Source["progress"]> }) {
  const { what, done, total, unit } = progress;
  const text = `${formatNumber(done)} of ${formatNumber(total)} ${unit}`;
  return (
    <div className={classes["progress"]}>
      <span>
        {what} <span className={classes["count"]}>{text}</span>
      </span>
      <progress max={Math.max(total, 1)} value={Math.min(done, Math.max(total, 1))} aria-label={`${what}: ${text}`} />
    </div>
  );
}
