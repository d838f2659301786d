import { StationFrame, type StationPage } from "../../parts/station-frame.tsx";
import type { TitledPageProps } from "../../parts/titled-page.tsx";

const pages: readonly StationPage[] = [
  ["/notify", "Channels"],
  ["/notify/routes", "Routes"],
  ["/notify/deliveries", "Deliveries"],
];

/** The pages of notifying. */
export function NotifyFrame(props: TitledPageProps) {
  return <StationFrame label="Notify" pages={pages} {...props} />;
}
