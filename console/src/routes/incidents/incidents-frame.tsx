import { StationFrame, type StationPage } from "../../parts/station-frame.tsx";
import type { TitledPageProps } from "../../parts/titled-page.tsx";

const pages: readonly StationPage[] = [
  ["/incidents", "Incidents"],
  ["/incidents/silences", "Silences"],
];

/** The pages of incidents; an incident belongs to the list. */
export function IncidentsFrame(props: TitledPageProps) {
  return <StationFrame label="Incidents" pages={pages} {...props} />;
}
