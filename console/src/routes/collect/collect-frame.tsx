import { StationFrame, type StationPage } from "../../parts/station-frame.tsx";
import type { TitledPageProps } from "../../parts/titled-page.tsx";

const pages: readonly StationPage[] = [
  ["/collect", "Sources"],
  ["/collect/ledger", "Ledger"],
  ["/collect/delays", "Delays"],
  ["/collect/accounts", "Accounts"],
  ["/collect/filters", "Filters"],
];

/** The pages of collecting; a source, and the page that adds one, belong to the list of sources. */
export function CollectFrame(props: TitledPageProps) {
  return <StationFrame label="Collect" pages={pages} {...props} />;
}
