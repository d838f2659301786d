import { Icon } from "../../parts/icon.tsx";
import { VisibleText } from "../../parts/visible-text.tsx";
import badge from "../collect/status-badge.module.css";
import { deliveryWords } from "./notify-words.ts";

/** What became of a delivery. */
export function DeliveryBadge({ status }: { readonly status: string }) {
  const [word, icon, look] = deliveryWords(status);
  return (
    <span className={badge["badge"]} data-status={look}>
      <Icon name={icon} size={12} />
      <VisibleText text={word} />
    </span>
  );
}
