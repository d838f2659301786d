import { StationFrame, type StationPage } from "../../parts/station-frame.tsx";
import type { TitledPageProps } from "../../parts/titled-page.tsx";

const pages: readonly StationPage[] = [
  ["/detect", "Rules"],
  ["/detect/coverage", "Coverage"],
  ["/detect/searches", "Saved searches"],
  ["/detect/threat-lists", "Threat lists"],
];

/** The pages of detecting; a rule belongs to the list of rules. */
export function DetectFrame(props: TitledPageProps) {
  return <StationFrame label="Detect" pages={pages} {...props} />;
}
