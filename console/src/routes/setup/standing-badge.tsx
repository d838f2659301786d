import { Icon } from "../../parts/icon.tsx";
import { countOf } from "../../parts/numbers.ts";
import badge from "../collect/status-badge.module.css";

/** How an account stood when it was last looked at: a word and a sign, never a colour alone. */
export function StandingBadge({ drifts }: { readonly drifts: number | undefined }) {
  if (drifts === undefined) {
    return (
      <span className={badge["badge"]} data-status="waiting" title="Nobody has looked yet">
        <Icon name="clock" />
        Not looked at
      </span>
    );
  }
  return drifts === 0 ? (
    <span className={badge["badge"]} data-status="online" title="All is as it was agreed on">
      <Icon name="online" />
      In order
    </span>
  ) : (
    <span className={badge["badge"]} data-status="failing" title="Something is not as it was agreed on">
      <Icon name="warning" />
      {countOf(drifts, "drift")}
    </span>
  );
}
