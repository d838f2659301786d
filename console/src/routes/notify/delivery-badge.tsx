import { Badge } from "../../parts/badge.tsx";
import { VisibleText } from "../../parts/visible-text.tsx";
import { deliveryWords } from "./notify-words.ts";

/** What became of a delivery. */
export function DeliveryBadge({ status }: { readonly status: string }) {
  const [word, icon, tone] = deliveryWords(status);
  return (
    <Badge tone={tone} icon={icon} isPending={tone === "plain"}>
      <VisibleText text={word} />
    </Badge>
  );
}
