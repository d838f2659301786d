import { Link, useLocation } from "@tanstack/react-router";
import { TitledPage, useTz, type TitledPageProps } from "./titled-page.tsx";

export { useTz, useZone } from "./titled-page.tsx";

const pages = [
  ["/collect", "Sources"],
  ["/collect/ledger", "Ledger"],
  ["/collect/delays", "Delays"],
  ["/collect/accounts", "Accounts"],
  ["/collect/filters", "Filters"],
] as const;

/** The pages of collecting have one bar, one row of links and one kind of title. */
export function CollectFrame(props: TitledPageProps) {
  const tz = useTz();
  const path = useLocation({ select: (location) => location.pathname });
  // A source, and the page that adds one, belong to the list of sources.
  const current = pages.findLast(([to]) => path.startsWith(to))?.[0];
  const links = pages.map(([to, name]) => (
    <Link
      key={to}
      to={to}
      search={tz}
      data-current={to === current}
      activeOptions={{ exact: true, includeSearch: false }}
    >
      {name}
    </Link>
  ));
  return <TitledPage {...props} pages={{ label: "Collect", links }} />;
}
