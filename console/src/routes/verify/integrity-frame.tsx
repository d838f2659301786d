import { StationFrame, type StationPage } from "../../parts/station-frame.tsx";
import type { TitledPageProps } from "../../parts/titled-page.tsx";

const pages: readonly StationPage[] = [
  ["/integrity", "Hours"],
  ["/integrity/findings", "Findings"],
  ["/integrity/days", "Days"],
  ["/integrity/chains", "Chains"],
];

/** The pages of integrity. */
export function IntegrityFrame(props: TitledPageProps) {
  return <StationFrame label="Integrity" pages={pages} {...props} />;
}
