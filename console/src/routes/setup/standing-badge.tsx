import { Badge } from "../../parts/badge.tsx";
import { countOf } from "../../parts/numbers.ts";

/** How an account stood when it was last looked at. */
export function StandingBadge({ drifts }: { readonly drifts: number | undefined }) {
  if (drifts === undefined) {
    return (
      <Badge tone="plain" icon="clock" what="Nobody has looked yet" isPending>
        Not looked at
      </Badge>
    );
  }
  return drifts === 0 ? (
    <Badge tone="fine" icon="online" what="All is as it was agreed on">
      In order
    </Badge>
  ) : (
    <Badge tone="bad" icon="warning" what="Something is not as it was agreed on">
      {countOf(drifts, "drift")}
    </Badge>
  );
}
