import { Link, useLocation } from "@tanstack/react-router";
import { TitledPage, useTz, type TitledPageProps } from "../collect/titled-page.tsx";

const pages = [
  ["/incidents", "Incidents"],
  ["/incidents/silences", "Silences"],
] as const;

/** The pages of incidents have one bar, one row of links and one kind of title. */
export function IncidentsFrame(props: TitledPageProps) {
  const tz = useTz();
  const path = useLocation({ select: (location) => location.pathname.replace(/\/$/, "") });
  // An incident belongs to the list.
  const current = path === "/incidents/silences" ? path : "/incidents";
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
  return <TitledPage {...props} pages={{ label: "Incidents", links }} />;
}
